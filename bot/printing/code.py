"""The square code (QR, ISO/IEC 18004) by which a phone opens a link."""

from io import BytesIO

SCALE = 12
"""Pixels a module: sharp on paper of hand size, and small as a file."""
QUIET = 4
"""Modules of white around it; the standard asks for four."""


def code(link: str) -> bytes:
    """A link as a PNG in black on white; a quarter of it may be torn off or written over.

    Raises:
        ValueError: the link is too long for any code.
    """
    # Only here: few codes are drawn, and a bot that draws none spares the memory.
    import segno

    drawn = BytesIO()
    segno.make(link, error="q", micro=False).save(drawn, kind="png", scale=SCALE, border=QUIET)
    return drawn.getvalue()
