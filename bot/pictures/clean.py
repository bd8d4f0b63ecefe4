"""The picture alone: what is to be seen, upright and in common colours; nothing of the place, the hour, the camera."""

import warnings
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

MOST_POINTS = 25_000_000
"""Points of a picture at most: what telephones take; a file of some kilobytes may claim to be far larger."""
KINDS = ("JPEG", "PNG", "WEBP")
"""The kinds that are opened, and no others: each is another piece of code that reads what strangers send."""
ENDINGS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}
"""The ending of what comes out; MPO is several JPEGs in one file, of which the first is the picture."""
FINE = 92


def clean(data: bytes) -> tuple[str, bytes]:
    """The ending and the bytes of the picture, upright and painted anew.

    Raises:
        OSError, ValueError: it is none of these kinds, broken, or moves.
        DecompressionBombError, DecompressionBombWarning: it has too many points.
    """
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    with warnings.catch_warnings():
        # Up to twice the most points is only a warning to the library.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        found = Image.open(BytesIO(data), formats=KINDS)
    kind = found.format or ""
    if kind != "MPO" and getattr(found, "n_frames", 1) > 1:
        raise ValueError("a picture that moves")
    # The camera's mark of how it was held is among what goes: the picture itself is turned instead.
    ImageOps.exif_transpose(found, in_place=True)
    upright = _in_common_colours(found)
    clear = upright.info.get("transparency")
    upright.info = {} if clear is None else {"transparency": clear}
    painted = BytesIO()
    if ENDINGS[kind] == ".jpg":
        upright = upright if upright.mode in ("L", "RGB") else upright.convert("RGB")
        upright.save(painted, "JPEG", quality=FINE)
    elif ENDINGS[kind] == ".webp":
        upright.save(painted, "WEBP", quality=FINE)
    else:
        upright.save(painted, "PNG")
    return ENDINGS[kind], painted.getvalue()


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """The picture in sRGB: a profile of colours can name the screen that it was made for."""
    profile = picture.info.get("icc_profile")
    # The same picture, changed where it is: a second one beside it would take as much memory again.
    here = picture.mode in ("RGB", "RGBA")
    if not profile or not (here or picture.mode == "CMYK"):
        return picture
    try:
        given, common = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        mode = None if here else "RGB"
        return ImageCms.profileToProfile(picture, given, common, outputMode=mode, inPlace=here) or picture
    except (ImageCms.PyCMSError, OSError):
        # A broken profile: the colours may be a little off, and it goes all the same.
        return picture
