"""A landlord's colours as a style sheet, addressed by the colour itself.

The content security policy refuses colours written into the page, so they come as a sheet. Its
address names the colour, so it needs no landlord, tells nothing and may be kept for ever.
"""

from __future__ import annotations

import re
from typing import Final

from involvement.faces.colour import INK, WHITE, BrandColour, NotAColourError, check_brand

# Raise when the sheet below changes, so that kept copies are asked for anew.
_REVISION: Final = "1"
_VERSION = re.compile(rf"([0-9a-f]{{6}})-{_REVISION}")

_INK_DEEP: Final = "#000000"
_INK_TINT: Final = "#EDE7DD"


def brand_version(colour: str) -> str:
    """The part of the sheet's address for a colour: "#0F5E5A" is "0f5e5a-1"; "" where it is no colour."""
    try:
        checked = check_brand(colour)
    except NotAColourError:
        return ""
    return f"{checked.brand[1:].lower()}-{_REVISION}"


def brand_sheet(version: str) -> str | None:
    """The style sheet for an address part, or None where it names no colour.

    A colour that was saved before the rules, and fails them, is served as its nearest darker shade.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        return None
    checked = check_brand(f"#{found[1]}")
    return _sheet(check_brand(checked.nearest) if checked.nearest else checked)


def _sheet(brand: BrandColour) -> str:
    if brand.header_only:
        act, deep, tint = INK, _INK_DEEP, _INK_TINT
    else:
        act, deep, tint = brand.brand, brand.deep, brand.tint
    return (
        f":root{{--brand:{brand.brand};--on-brand:{brand.on_brand};"
        f"--act:{act};--act-deep:{deep};--act-tint:{tint};--on-act:{WHITE}}}\n"
    )
