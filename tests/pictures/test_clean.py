"""A picture is cleaned of place, hour and camera, and of nothing that is to be seen; a hostile file harms nobody."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageCms

from bot.pictures.apart import CleanFault, clean_apart
from bot.pictures.clean import MOST_POINTS, clean
from tests.pictures.camera import MARK, taken

LEFT, RIGHT = (10, 20, 200), (200, 30, 10)


def halves(mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", (64, 32), LEFT)
    picture.paste(RIGHT, (32, 0, 64, 32))
    return picture.convert(mode)


def near(found: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(found[:3], wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_to_be_seen_stays_and_place_hour_camera_and_words_go(kind: str) -> None:
    ending, cleaned = clean(taken(kind, halves()))
    found = Image.open(BytesIO(cleaned))
    assert (found.format, found.size) == (kind, (64, 32))
    assert ending == {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]
    assert near(found.convert("RGB").getpixel((4, 16)), LEFT)
    assert near(found.convert("RGB").getpixel((60, 16)), RIGHT)
    assert not found.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile", "Author", "photoshop"} & found.info.keys()
    for told in (MARK, b"Exif", b"GPS", b"xmp", b"2026:11:02", b"ICC"):
        assert told not in cleaned, told


def test_a_picture_that_was_held_upright_stands_upright() -> None:
    _, cleaned = clean(taken("JPEG", halves(), turned=6))
    found = Image.open(BytesIO(cleaned))
    assert found.size == (32, 64)
    assert near(found.getpixel((16, 4)), LEFT)


def test_colours_of_another_screen_become_everybodys() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    for given in (profile, b"no profile at all"):
        made = BytesIO()
        halves().save(made, "PNG", icc_profile=given)
        assert Image.open(BytesIO(clean(made.getvalue())[1])).info.get("icc_profile") is None


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "1", "I;16", "LA", "CMYK"])
def test_every_kind_of_colours_is_kept_as_it_can_be(mode: str) -> None:
    made = BytesIO()
    picture = Image.new("I;16", (8, 8)) if mode == "I;16" else halves(mode)
    picture.save(made, "JPEG" if mode == "CMYK" else "PNG")
    assert Image.open(BytesIO(clean(made.getvalue())[1])).size == picture.size


def test_a_clear_ground_stays_clear() -> None:
    made = BytesIO()
    halves("P").save(made, "PNG", transparency=0)
    assert "transparency" in Image.open(BytesIO(clean(made.getvalue())[1])).info


def bomb() -> bytes:
    """Some hundred bytes that claim to be a picture of four thousand million points."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 65_535, 65_535, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def too_many_points() -> bytes:
    made = BytesIO()
    Image.new("1", (MOST_POINTS // 5_000 + 1, 5_000)).save(made, "PNG")
    return made.getvalue()


def moving() -> bytes:
    made = BytesIO()
    halves().save(made, "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 32))])
    return made.getvalue()


HOSTILE = {
    "nothing": b"",
    "words": b"hej" * 999,
    "a bomb": bomb(),
    "too many points": too_many_points(),
    "half a picture": taken("JPEG", halves())[:300],
    "of another kind": b"GIF89a" + b"\0" * 99,
    "a film of pictures": moving(),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_picture_or_too_much_of_one_is_refused(data: bytes) -> None:
    with pytest.raises((OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning)):
        clean(data)


async def test_in_a_process_of_its_own_it_is_the_same_and_a_fault_there_stays_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SKAB_BOT_TOKEN", "not for those who open strangers' files")
    assert await clean_apart(taken("PNG", halves())) == clean(taken("PNG", halves()))
    with pytest.raises(CleanFault) as fault:
        await clean_apart(bomb())
    assert "code 1" in str(fault.value)


def test_camera_makes_what_a_telephone_makes() -> None:
    found = Image.open(BytesIO(taken("JPEG", halves())))
    assert found.getexif().get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude]
    assert MARK in taken("JPEG", halves())
