"""One version against another: lines as people write them, what a file was made from, what went away unseen."""

import gc
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.people import Utterance
from bot.keeper import trial
from bot.keeper.trial import describe, lost_lines, nearest, spans, weigh
from bot.routing.live import Accepted, accept
from bot.store.versions import RulesVersion
from tests.core.town import an_idea
from tests.journeys.rulebook import NATURE

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))


def version(number: int, text: str) -> RulesVersion:
    return RulesVersion(number, str(number), text, NOW, "")


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([], ""), ([3], "3"), ([3, 4, 5], "3-5"), ([9, 3, 4, 11, 12], "3-4, 9, 11-12"), ([3, 3, 4], "3-4")],
)
def test_lines_are_told_as_people_write_them(numbers: list[int], told: str) -> None:
    assert spans(numbers) == told


def test_a_file_was_made_from_the_version_that_it_differs_least_from() -> None:
    old, new = version(14, "a\nb\nc\n"), version(15, "a\nb\nc\nulla\n")
    assert nearest(b"a\nb\nc\ntom\n", [new, old]) == old
    assert nearest(b"a\nb\nc\nulla\ntom\n", [new, old]) == new
    assert nearest(b"a\n", []) is None


def test_of_two_versions_that_are_as_near_the_newer_one_counts() -> None:
    assert nearest(b"a\n", [version(15, "a\nx\n"), version(14, "a\ny\n")]) == version(15, "a\nx\n")


def test_the_lines_that_went_away_unseen_are_told_with_their_numbers() -> None:
    assert lost_lines(b"a\nb\n", b"a\n  - ulla\nb\n", b"a\nb\ntom\n") == ("2: - ulla",)
    assert lost_lines(b"a\nb\n", b"a\nulla\nb\n", b"a\nulla\nb\ntom\n") == ()


def test_a_change_of_comments_alone_says_so() -> None:
    change = describe(b"kommune: {navn: x}\n", "kommune: {navn: x}\n# ny bemærkning\n".encode())
    assert change.words == ("kun bemærkninger, mellemrum eller rækkefølge er ændret",)
    assert change.lines == "2"


def test_who_leaves_and_who_gets_their_ideas_stands_in_the_difference(good: Accepted) -> None:
    text = good.data.decode()
    start, end = text.index("  bo:\n"), text.index("  signe:\n")
    without = (text[:start] + text[end:]).replace("ansvarlig: bo\n", "ansvarlig: lone\n")
    without = without.replace("afløser: bo\n", "afløser: peter\n")
    new = accept(without.encode())
    assert isinstance(new, Accepted)
    bos = an_idea(14, responsible="bo", responsible_name="Bo Lind")
    natur = replace(bos, topics=(replace(bos.topics[0], topic="natur"),))
    change = weigh(good, new, {14: natur, 1: an_idea()}, date(2026, 11, 2), {})
    assert change.leavers == (("bo", "Bo Lind"),)
    assert change.heirs == ((14, "Bo Lind", "Lone Bach"),)
    assert "Bo Lind er ikke agent mere" in change.words
    chosen = weigh(good, new, {14: natur}, date(2026, 11, 2), {"bo": "farid"})
    assert chosen.heirs == ((14, "Bo Lind", "Farid Nazari"),)


def test_while_a_difference_is_worked_out_python_looks_for_no_garbage(good: Accepted) -> None:
    """A sweep of all memory holds every other thread up, and with it the citizens' answers."""
    sweeps: list[str] = []

    def note(phase: str, _about: dict[str, int]) -> None:
        sweeps.append(phase)

    before = gc.get_threshold()
    gc.set_threshold(100, 1, 1)
    gc.callbacks.append(note)
    try:
        change = describe(good.data, good.data + b"# mere\n")
        assert gc.isenabled()
        # One at its beginning or its end may be due to what the test itself makes.
        assert sweeps.count("start") <= 2
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*before)
    assert change.lines


def test_of_very_many_open_ideas_the_newest_are_weighed(good: Accepted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "MOST_WEIGHED", 2)
    start, end = good.data.index(b"  bo:\n"), good.data.index(b"  signe:\n")
    away = good.data[start:end].rstrip() + b"\n    frav\xc3\xa6r: [{fra: 2026-11-01, til: 2026-11-30}]\n"
    new = accept(good.data[:start] + away + good.data[end:])
    assert isinstance(new, Accepted)
    ideas = {n: an_idea(n, words=(Utterance(NATURE, 1, NOW),)) for n in (1, 2, 3)}
    told = weigh(good, new, ideas, date(2026, 11, 2), {}).ideas
    assert told == ((2, "Bo Lind", "Lone Bach"), (3, "Bo Lind", "Lone Bach"))
