"""A film is cleaned of place, hour and camera, and of no picture and no sound; a hostile one harms nobody."""

import contextlib
import random
import struct

import pytest

from bot.pictures.apart import CleanFault, clean_apart
from bot.pictures.film import Film
from tests.pictures.camera import MARK
from tests.pictures.film import HOUR, PICTURES, SOUND, box, filmed, full

TOLD = (MARK, b"55.7358", b"\xa9xyz", struct.pack(">I", HOUR))


def test_pictures_and_sound_stay_where_they_were_and_place_hour_and_camera_go() -> None:
    made = filmed()
    assert all(told in made for told in TOLD)
    ending, cleaned = Film(made).clean()
    assert (ending, len(cleaned)) == (".mp4", len(made))
    assert cleaned.index(PICTURES + SOUND) == made.index(PICTURES + SOUND)
    assert [told for told in TOLD if told in cleaned] == []
    assert cleaned.count(b"trak") == 2, "the drone's own track is gone"
    assert Film(cleaned).clean() == (ending, cleaned)


def test_a_film_of_a_telephone_from_cupertino_keeps_its_kind() -> None:
    assert Film(filmed(b"qt  ")).clean()[0] == ".mov"


@pytest.mark.parametrize("big", [False, True])
def test_rooms_of_every_length_are_known(big: bool) -> None:
    made = filmed()
    at = made.index(b"moov") - 4
    size = struct.unpack_from(">I", made, at)[0]
    body = made[at + 8 : at + size]
    last = struct.pack(">I4sQ", 1, b"moov", len(body) + 16) if big else struct.pack(">I4s", 0, b"moov")
    cleaned = Film(made[:at] + last + body).clean()[1]
    assert PICTURES in cleaned
    assert MARK not in cleaned


HOSTILE = {
    "nothing": b"",
    "no film": b"\0\0\0\x08ftyp",
    "a picture of another kind": box(b"ftyp", b"heic", bytes(4)) + box(b"meta", bytes(40)),
    "in pieces": filmed() + box(b"moof", b""),
    "half of it": filmed()[:-30],
    "boxes without end": box(b"ftyp", b"isom", bytes(4)) + box(b"moov", *[box(b"free")] * 30_000),
    "more samples than there are": filmed().replace(full(b"stsc", 1, 1, 2, 1), full(b"stsc", 1, 1, 1, 1)),
    "sizes that no file holds": filmed().replace(b"stsz" + bytes(8), b"stsz" + bytes(8)[:-1] + b"\1"),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_film_or_none_that_is_known_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Film(data).clean()


def test_no_bytes_bring_it_down_otherwise() -> None:
    dice = random.Random(7)
    made = filmed()
    for _ in range(400):
        broken = bytearray(made)
        for _ in range(dice.randint(1, 5)):
            at = dice.randrange(len(broken) - 4)
            broken[at : at + 4] = dice.choice((bytes(4), b"\xff" * 4, dice.randbytes(4), b"\0\0\0\1"))
        with contextlib.suppress(ValueError, struct.error):
            assert len(Film(bytes(broken)).clean()[1]) == len(made)


async def test_in_a_process_of_its_own_it_is_the_same_and_what_only_looks_like_a_film_ends_there() -> None:
    assert await clean_apart(filmed()) == Film(filmed()).clean()
    with pytest.raises(CleanFault):
        await clean_apart(HOSTILE["a picture of another kind"])
