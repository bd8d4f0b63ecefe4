"""Files that tell where they were taken are cleaned or left out; all others pass."""

import pytest

from bot.core.attachments import MOST, MOST_FILM, is_cleaned, tells_where, without
from bot.core.events import Media
from tests.core.town import AASE, said


def file(name: str = "", mime: str = "", size: int = 100, kind: str = "document") -> Media:
    return Media(kind, name or mime, 300, size=size, file_name=name, mime=mime)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "tells", "cleaned"),
    [
        (file("IMG_1.JPG"), True, True),
        (file("IMG_1.heic"), True, False),
        (file(mime="image/png"), True, True),
        (file(mime="IMAGE/JPEG"), True, True),
        (file("film.mov"), True, True),
        (file("film.avi"), True, False),
        (file("x.jpg", mime="video/mp4"), True, True),
        (file("film.mp4", mime="video/x-matroska"), True, False),
        (file("film.mp4", size=MOST_FILM), True, True),
        (file("film.mp4", size=MOST_FILM + 1), True, False),
        (file(mime="video/mp4", kind="video"), True, True),
        (file(mime="video/mp4", kind="video", size=MOST_FILM + 1), False, False),
        (file(mime="video/mp4", kind="animation"), True, True),
        (file(kind="video_note"), False, False),
        (file("plan.pdf", mime="application/pdf"), False, False),
        (file("IMG_1.jpg", mime="application/octet-stream"), True, True),
        (file("IMG_1.jpg", size=MOST), True, True),
        (file("IMG_1.jpg", size=MOST + 1), True, False),
        (file("IMG_1.jpg", kind="photo"), False, False),
    ],
    ids=lambda value: value.file_id if isinstance(value, Media) else None,
)
def test_each_file_is_known_by_what_telegram_calls_it_or_by_its_name(item: Media, tells: bool, cleaned: bool) -> None:
    assert tells_where(item) is tells
    assert is_cleaned(item) is cleaned


def test_what_can_not_be_cleaned_is_left_out_and_counted() -> None:
    kept = (file("IMG_1.jpg"), file("plan.pdf"))
    passed, out = without(said(AASE, media=(kept[0], file("film.avi"), kept[1], file("IMG_2.heic"))))
    assert passed.media == kept
    assert out == 2
