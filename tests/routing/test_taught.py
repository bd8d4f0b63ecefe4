"""What is learned of all topics together: words and letters that tell them apart, and nothing where nothing is told."""

import pickle

from bot.routing.taught import SEEN, Taught

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


def test_what_few_texts_have_is_not_learned() -> None:
    taught = Taught([*TEXTS, ("sport", ["kajak"])], SMALL)
    assert taught.strengths(["kajak"]) == {}


def test_it_is_the_same_after_it_was_put_away() -> None:
    taught = Taught(TEXTS, SMALL)
    again = pickle.loads(pickle.dumps(taught))  # noqa: S301 - our own
    assert again.strengths(["fodboldklub"]) == taught.strengths(["fodboldklub"])
