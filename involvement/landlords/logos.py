"""A logo as it is kept: a PNG drawn anew, so that nothing hidden in an upload survives."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO, Final

import filetype
from PIL import Image, ImageOps

from involvement.auditing.refusals import Refusal

LARGEST_UPLOAD: Final = 5 * 1024 * 1024
LARGEST_KEPT: Final = 200 * 1024
LONGEST_SIDE: Final = 480
MOST_PIXELS: Final = 40_000_000
KINDS: Final = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class LogoTooLarge(Refusal):
    """The file is larger than 5 MB. Save the logo smaller, about 500 dots wide, and choose it
    again."""


class LogoIsNoPicture(Refusal):
    """This file is not a picture we can read. Choose a PNG, JPEG, GIF or WebP; for an SVG, save it
    as a PNG first."""


class LogoTooManyDots(Refusal):
    """This picture unfolds to more than 40 million dots. Save the logo about 500 dots wide and
    choose it again."""


def logo_png(upload: BinaryIO) -> bytes:
    """The upload as a PNG of at most 200 KB and 480 dots a side.

    Raises LogoTooLarge, LogoIsNoPicture, LogoTooManyDots.
    """
    data = upload.read(LARGEST_UPLOAD + 1)
    if len(data) > LARGEST_UPLOAD:
        raise LogoTooLarge
    found = filetype.guess(data)
    if found is None or found.mime not in KINDS:
        raise LogoIsNoPicture
    return _within_limit(_opened(data))


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # We count the dots ourselves, before any is unfolded
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            raise LogoTooManyDots
        return ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise LogoTooManyDots from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise LogoIsNoPicture from error


def _within_limit(picture: Image.Image) -> bytes:
    side = LONGEST_SIDE
    while True:
        small = picture.copy()
        small.thumbnail((side, side))
        kept = io.BytesIO()
        small.save(kept, "PNG", optimize=True)
        if kept.tell() <= LARGEST_KEPT:
            return kept.getvalue()
        side = side * 3 // 4
