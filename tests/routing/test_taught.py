"""What is learned of all topics together: words and letters that tell them apart, and nothing where nothing is told."""

import pickle

import pytest

from bot.routing.taught import FEW, SEEN, Taught

TEXTS = [
    ("sport", ["en", "fodboldbane", "til", "pigerne"]),
    ("sport", ["flere", "fodboldbaner"]),
    ("song", ["et", "fælleskor", "til", "alle"]),
    ("song", ["flere", "kor", "og", "korsang"]),
] * SEEN
SMALL = frozenset({"en", "et", "til", "alle", "flere", "og"})


def test_words_and_their_letters_speak_for_their_topic_and_against_the_others() -> None:
    taught = Taught(TEXTS, SMALL)
    for words in (["fodboldbane"], ["fodboldklub"], ["en", "fodbold", "til", "alle"]):
        said = taught.strengths(words)
        assert said["sport"] > 0 > said["song"], words


def test_small_words_alone_and_unknown_ones_say_nothing() -> None:
    taught = Taught(TEXTS, SMALL)
    assert taught.strengths(["til", "alle"]) == taught.strengths(["xyz"]) == taught.strengths([]) == {}


def test_what_few_of_many_texts_have_is_not_learned() -> None:
    taught = Taught([*TEXTS * (FEW // len(TEXTS) + 1), ("sport", ["kajak"])], SMALL)
    assert taught.strengths(["kajak"]) == {}


def test_where_there_are_few_texts_each_word_of_each_is_learned() -> None:
    taught = Taught([*TEXTS, ("sport", ["kajak", "til", "alle"]), ("books", ["flere", "romaner"])], SMALL)
    for topic, words in (("sport", ["kajak"]), ("books", ["en", "roman"])):
        said = taught.strengths(words)
        assert max(said, key=lambda each: said[each]) == topic
        assert sum(strength > 0 for strength in said.values()) == 1, "it stands before all others"


def test_words_that_the_examples_hold_are_not_taught_a_second_time() -> None:
    again = [("song", ["korsang", "fælleskor"]), ("sport", ["fodboldbane"])]
    assert Taught([*TEXTS, *again], SMALL).strengths(["korsang", "bane"]) == pytest.approx(
        Taught(TEXTS, SMALL).strengths(["korsang", "bane"]), abs=0.02
    )


def test_it_is_the_same_after_it_was_put_away() -> None:
    taught = Taught(TEXTS, SMALL)
    again = pickle.loads(pickle.dumps(taught))  # noqa: S301 - our own
    assert again.strengths(["fodboldklub"]) == taught.strengths(["fodboldklub"])
