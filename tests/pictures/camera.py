"""Pictures as telephones make them: with the place, the hour, the camera and words inside."""

from io import BytesIO

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

MARK = b"kameraordx"
PLACE = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (55.0, 44.0, 50.5),
    ExifTags.GPS.GPSLongitudeRef: "E",
    ExifTags.GPS.GPSLongitude: (12.0, 33.0, 10.1),
}


def taken(kind: str, picture: Image.Image, turned: int = 1) -> bytes:
    """The picture as a file; `turned` is how the telephone was held (EXIF, `Orientation`)."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = MARK.decode()
    exif[ExifTags.Base.DateTime] = "2026:11:02 09:00:00"
    exif[ExifTags.Base.Orientation] = turned
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
    words = {"exif": exif, "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
    made = BytesIO()
    if kind == "PNG":
        inside = PngImagePlugin.PngInfo()
        inside.add_text("Author", MARK.decode())
        inside.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{MARK.decode()}</x:xmpmeta>")
        picture.save(made, kind, pnginfo=inside, **words)
    elif kind == "JPEG":
        picture.save(made, kind, quality=95, comment=MARK, xmp=b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>", **words)
    else:
        picture.save(made, kind, xmp=b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>", **words)
    return made.getvalue()
