"""The report as files: a page in three languages whose charts are there, are described, and differ in grey."""

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.core.initiative import Stage, Turn
from bot.core.mirror import Heard, reflect
from bot.core.numbers import count
from bot.core.tally import Counted
from tests.book import BOOK
from tests.core.town import FRAME, ZONE

NOW = datetime(2026, 12, 1, 9, tzinfo=ZONE)
SENT = datetime(2026, 11, 2, 9, tzinfo=ZONE)


def rows() -> list[Counted]:
    """Nine in time, five late and four that are missing."""
    answers = [timedelta(hours=3)] * 9 + [timedelta(days=4)] * 5 + [None] * 4
    due = SENT + timedelta(days=2)
    return [
        Counted(n, SENT, due, SENT + after if after else None, Stage.DEVELOPING, Turn.AGENT, "trafik", False)
        for n, after in enumerate(answers)
    ]


def write(folder: Path, counted: list[Counted], lang: str = "da") -> str:
    mirror = reflect(date(2026, 11, 1), counted, (), Heard({}, {}), NOW)
    # Only whoever draws loads what draws: five processes collect this file.
    from bot.report.page import Report

    return Report(mirror, count(counted, NOW), FRAME, BOOK, lang).write(folder).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "words"), [("da", "9 til tiden, 5 for sent, 4 mangler"), ("en", "9 in time"), ("uk", "9 вчасно")]
)
def test_each_chart_is_there_and_is_told_in_words(tmp_path: Path, lang: str, words: str) -> None:
    page = write(tmp_path, rows(), lang)
    charts = re.findall(r'<img src="(\w+\.png)" alt="([^"]+)"', page)
    assert [name for name, _ in charts] == ["loefter.png", "ventetid.png"]
    assert words in charts[0][1]
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name, _ in charts)
    assert "<script" not in page
    assert "http" not in re.sub(r'http-equiv="[^"]+"', "", page), "it asks nobody for anything"


def test_in_grey_the_parts_of_a_bar_still_differ(tmp_path: Path) -> None:
    write(tmp_path, rows())
    from matplotlib.image import imread

    grey = imread(tmp_path / "loefter.png")[..., :3].mean(axis=2)
    column = grey[:, grey.shape[1] // 2 - 60 : grey.shape[1] // 2 + 60]
    height = column.shape[0]
    means = [float(column[int(height * at) : int(height * at) + 40].mean()) for at in (0.75, 0.42, 0.2)]
    assert min(abs(first - second) for first, second in pairwise(means)) > 0.08, means


def test_a_month_in_which_nothing_happened_is_a_page_too(tmp_path: Path) -> None:
    page = write(tmp_path, [])
    assert "Ingen løfter om første svar forfaldt" in page
    assert "<img" not in page
