"""What a model of meaning is taught is what the rules say, each text with its label, and nothing else."""

from bot.routing.lessons import CALM, DANGER, WORDS_TOGETHER, Lesson, lessons_of
from bot.routing.match import Router


def test_each_example_is_of_its_own_kind_and_all_of_them_are_calm(router: Router) -> None:
    rules, lessons = router.rules, lessons_of(router.rules)
    kinds = [Lesson(kind, text) for kind, block in rules.kinds.items() for text in block.examples]
    for block in rules.topics.values():
        kinds += [Lesson("idea", text) for text in block.examples]
        kinds += [Lesson("offer", text) for text in block.offers]
    assert list(lessons.kinds) == kinds
    assert {"idea", "offer"} < {lesson.label for lesson in kinds}
    afraid = [lesson for lesson in lessons.danger if lesson.label == DANGER]
    assert [lesson.text for lesson in lessons.danger if lesson.label == CALM] == [
        *rules.danger.calm_examples, *(lesson.text for lesson in kinds),
    ]  # fmt: skip
    assert len(afraid) + len(rules.danger.calm_examples) + len(kinds) == len(lessons.danger)
    assert lessons.digest == rules.digest


def test_a_topics_words_are_shown_a_few_at_a_time_beside_its_name(router: Router) -> None:
    rules = router.rules
    lessons = [lesson for lesson in lessons_of(rules).topics if not lesson.example]
    for topic, block in rules.topics.items():
        shown = [lesson.text for lesson in lessons if lesson.label == topic]
        assert shown[0] == ", ".join(block.name.by_language().values())
        for words in (block.words, block.other_languages):
            parts = [words[at : at + WORDS_TOGETHER] for at in range(0, len(words), WORDS_TOGETHER)]
            assert all(", ".join(part) in shown for part in parts)
