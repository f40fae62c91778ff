"""A landlord's one colour: whether it can be read, and the shades derived from it.

Contrast is WCAG 2.2's ratio of relative luminances (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

WHITE: Final = "#FFFFFF"
INK: Final = "#25201B"
LATE: Final = "#9F2A1C"
THREAD: Final = "#A87200"

LEAST_ON_WHITE: Final = 5.5
LEAST_ON_TINT: Final = 4.5
# Nearer in hue than this, a button would read as a warning or as the thread.
LEAST_HUE_DISTANCE: Final = 25.0
# Below this saturation a colour is a grey, and a grey has no hue to be mistaken for.
LEAST_SATURATION: Final = 0.15
DEEP_SHARE: Final = 0.75
TINT_SHARE: Final = 0.10
DARKENING_STEP: Final = 0.98

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class NotAColourError(ValueError):
    """Write the colour as a hash and six letters or digits, such as #0F5E5A."""


@dataclass(frozen=True, slots=True)
class BrandColour:
    """A checked colour.

    `brand` is what was asked for, `deep` its hover, `tint` its wash, `on_brand` the words on it.
    `header_only` says buttons and links must use ink. `nearest` is the nearest darker shade that
    passes when `brand` does not, and `sentence` tells the person choosing why.
    """

    brand: str
    deep: str
    tint: str
    on_brand: str
    header_only: bool
    nearest: str | None
    sentence: str

    @property
    def passes(self) -> bool:
        """Whether the colour may be saved as it is."""
        return self.nearest is None


def check_brand(colour: str) -> BrandColour:
    """Judge a colour such as "#0F5E5A" by the rules of the look and derive its shades.

    Raises NotAColourError when the text is not a six-figure hexadecimal colour.
    """
    brand = _normal(colour)
    nearest = None if _readable(brand) else _nearest_darker(brand)
    judged = nearest or brand
    header_only = near_red_or_gold(judged)
    return BrandColour(
        brand=brand,
        deep=darker(brand),
        tint=tint(brand),
        on_brand=WHITE,
        header_only=header_only,
        nearest=nearest,
        sentence=_sentence(brand, nearest, header_only=header_only),
    )


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, from 1.0 (the same) to 21.0 (black on white)."""
    lighter, darker_one = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker_one + 0.05)


def darker(colour: str) -> str:
    """A quarter darker: the hover of a button."""
    return _hex(round(part * DEEP_SHARE) for part in _rgb(colour))


def tint(colour: str) -> str:
    """One tenth of the colour in white: the wash behind an option that is chosen."""
    return _hex(round(255 - (255 - part) * TINT_SHARE) for part in _rgb(colour))


def near_red_or_gold(colour: str) -> bool:
    """Whether the hue lies within 25 degrees of "late" red or of thread gold."""
    hue, saturation = _hue_and_saturation(colour)
    if saturation < LEAST_SATURATION:
        return False
    return any(
        _apart(hue, _hue_and_saturation(kept)[0]) <= LEAST_HUE_DISTANCE for kept in (LATE, THREAD)
    )


def _readable(colour: str) -> bool:
    return (
        contrast(colour, WHITE) >= LEAST_ON_WHITE
        and contrast(colour, tint(colour)) >= LEAST_ON_TINT
    )


def _nearest_darker(colour: str) -> str:
    red, green, blue = (float(part) for part in _rgb(colour))
    while True:
        red, green, blue = (part * DARKENING_STEP for part in (red, green, blue))
        shade = _hex((round(red), round(green), round(blue)))
        if _readable(shade):
            return shade


def _sentence(brand: str, nearest: str | None, *, header_only: bool) -> str:
    # Cut, not rounded: 5.46 must not be printed as the 5.5 it falls short of
    ratio = f"{math.floor(contrast(brand, WHITE) * 10) / 10:.1f}"
    if nearest is not None:
        words = (
            f"{brand} is too light to read white words on: their contrast is {ratio} and "
            f"{LEAST_ON_WHITE} is needed. The nearest darker shade that passes is {nearest}."
        )
    else:
        words = f"{brand} can be read: white words on it have a contrast of {ratio}."
    if header_only:
        words += (
            " It is close to the red of “late” or the gold of the thread, so it colours the header"
            " only; buttons and links stay dark."
        )
    return words


def _normal(colour: str) -> str:
    cleaned = colour.strip()
    if not _HEX.fullmatch(cleaned):
        raise NotAColourError(NotAColourError.__doc__)
    return cleaned.upper()


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(parts: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02X}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _hue_and_saturation(colour: str) -> tuple[float, float]:
    red, green, blue = (part / 255 for part in _rgb(colour))
    hue, _lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    return hue * 360, saturation


def _apart(one: float, other: float) -> float:
    distance = abs(one - other) % 360
    return min(distance, 360 - distance)
