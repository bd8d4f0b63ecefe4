"""Files that tell where they were taken are cleaned or left out; all others pass."""

import pytest

from bot.core import dialogue
from bot.core.attachments import MOST, MOST_FILM, is_cleaned, tells_where, without
from bot.core.events import Media
from bot.core.people import Person, Talk
from bot.core.world import World
from tests.book import BOOK
from tests.core.town import AASE, FRAME, GROUP, METTE, NOW, an_idea, said, says


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


LARGE = file(mime="video/mp4", kind="video", size=MOST_FILM + 1)
SMALL = file(mime="video/mp4", kind="video", size=MOST_FILM)


@pytest.mark.parametrize("film", [LARGE, SMALL], ids=["large", "small"])
def test_whoever_sends_a_film_too_large_to_be_cleaned_is_told_so_and_how_to_take_it_back(film: Media) -> None:
    idea, told = an_idea(), []
    for who, chat in ((AASE, AASE), (METTE, GROUP)):
        event = said(who, "/svar se her" if who == METTE else "se her", chat=chat, media=(film,))
        world = World(
            now=NOW, frame=FRAME, person=Person(who, "x", noticed=True), talk=Talk(lang="da", focus=1),
            initiatives={1: idea}, topic=1 if chat == GROUP else 0,
        )  # fmt: skip
        move = dialogue.step(world, event)
        told.append("\n".join(BOOK.speak(one.content).plain for one in says(chat, move.effects)))
    for text in told:
        assert ("over 20 MB" in text) is (film is LARGE), text
    assert film is SMALL or "slet min sidste besked" in told[0]
    assert film is SMALL or "Fortryd" in told[1]


@pytest.mark.parametrize("item", [LARGE, file("IMG_1.heic")], ids=["large film", "left out"])
def test_what_is_told_of_a_file_makes_no_third_message_beside_the_first_answer_and_the_notice(item: Media) -> None:
    event = said(AASE, "se her, flere bænke på torvet", chat=AASE, thread=None, media=(item,))
    move = dialogue.step(World(now=NOW, frame=FRAME, person=Person(AASE, "Aase"), talk=Talk()), event)
    assert len(says(AASE, move.effects)) == 2
