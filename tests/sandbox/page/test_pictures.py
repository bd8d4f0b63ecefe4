"""The pictures of the manual can be drawn by today's program: what they wait for is what it says today."""

from pathlib import Path

import pytest

from tests.sandbox.page import desk_picture, sandbox_picture

pytestmark = [pytest.mark.soak, pytest.mark.timeout(400)]


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


async def test_the_staff_group_with_ten_initiatives_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_picture, "PICTURES", tmp_path)
    await desk_picture.draw(desk_picture.fill, desk_picture.pictures)
    assert names(tmp_path) == {"desk.png", "desk-topic.png"}


async def test_the_sandbox_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_picture, "PICTURES", tmp_path)
    await desk_picture.draw(sandbox_picture.a_talk_on_monday, sandbox_picture.picture)
    assert names(tmp_path) == {"sandbox.png"}
