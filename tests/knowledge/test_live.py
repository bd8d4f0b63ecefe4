"""The pages in force: a folder is taken as a whole once it is left alone; a broken page keeps the last good ones."""

from pathlib import Path

import pytest

from bot.knowledge.live import STEADY, LivePages
from bot.routing.questions import Questions

PAGE = """---
titel: {title}
spørgsmål:
  - hvad er {title}
kilde: Papiret
sted: side 2
sprog: da
gælder_fra: 2019-11-25
---
{text}
"""


def write(folder: Path, name: str, text: str = "Et svar.", extra: str = "") -> Path:
    path = folder / "da" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(PAGE.format(title=name, text=text).replace("sprog: da\n", f"sprog: da\n{extra}"), encoding="utf-8")
    return path


@pytest.fixture
def live(tmp_path: Path) -> LivePages:
    write(tmp_path, "elefant")
    write(tmp_path, "giraf")
    return LivePages(tmp_path, Questions)


def says(live: LivePages, what: str = "elefant") -> str:
    told = live.index.answer(f"hvad er en {what}?")
    return told.text if told is not None else ""


def test_a_change_is_taken_once_the_folder_is_left_alone(live: LivePages) -> None:
    assert live.poll(0.0) is None
    write(live.folder, "elefant", "Et andet svar.")
    assert live.poll(1.0) is None
    write(live.folder, "elefant", "Et helt andet svar.")
    assert live.poll(1.0 + STEADY) is None, "somebody still writes"
    changed = live.poll(1.0 + 2 * STEADY)
    assert changed is not None
    assert "Et svar." in changed.before["da/elefant.md"]
    assert "Et helt andet svar." in changed.after["da/elefant.md"]
    assert says(live) == "Et helt andet svar."
    assert live.poll(99.0) is None


@pytest.mark.parametrize(
    ("text", "extra", "what"),
    [
        ("ord " * 100, "", "104 ord med kilden"),
        ("Et svar.", "se_også:\n  - girafen\n", "der er ingen side, som hedder `girafen`. Mente du `giraf`?"),
    ],
)
def test_a_broken_page_keeps_all_the_last_good_ones_and_is_told_once(
    live: LivePages, text: str, extra: str, what: str
) -> None:
    write(live.folder, "elefant", text, extra)
    write(live.folder, "giraf", "Noget nyt.")
    live.poll(1.0)
    changed = live.poll(9.0)
    assert changed is not None
    assert [what in problem.what for problem in changed.problems] == [True]
    assert (says(live), says(live, "giraf")) == ("Et svar.", "Et svar.")
    (live.folder / "da" / "giraf.md").touch()
    live.poll(10.0)
    assert live.poll(19.0) is None, "the same fault again is no news"
    write(live.folder, "elefant")
    live.poll(20.0)
    changed = live.poll(29.0)
    assert changed is not None
    assert changed.mended
    assert says(live, "giraf") == "Noget nyt."


def test_a_folder_that_is_broken_from_the_beginning_answers_with_what_can_be_read(tmp_path: Path) -> None:
    write(tmp_path, "elefant")
    (tmp_path / "da" / "giraf.md").write_text("hej", encoding="utf-8")
    live = LivePages(tmp_path, Questions)
    assert says(live) == "Et svar."
    assert [problem.file for problem in live.problems] == ["da/giraf.md"]
    assert live.poll(9.0) is None


def test_a_tried_page_changes_nothing_and_tells_which_ways_of_asking_are_lost(live: LivePages) -> None:
    shelf = live.try_page("da/abe.md", PAGE.format(title="hvad er elefant", text="En abe."))
    assert shelf.problems == ()
    assert live.index.page("abe") is None
    assert live.lost_with(live.try_page("da/giraf.md", "")) == ()
    assert live.lost_with(shelf) == ("hvad er elefant",)
    live.take(shelf)
    assert live.index.page("abe") is not None
    assert live.poll(99.0) is None, "what the bot wrote itself is no news"


def test_a_removed_page_is_a_change_too(live: LivePages) -> None:
    (live.folder / "da" / "giraf.md").unlink()
    live.poll(1.0)
    changed = live.poll(9.0)
    assert changed is not None
    assert changed.after == {"da/giraf.md": ""}
    assert says(live, "giraf") == ""
