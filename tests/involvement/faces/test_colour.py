"""A landlord's colour is checked by the rules of the look, and its shades follow from it."""

from __future__ import annotations

import pytest

from involvement.faces.colour import (
    INK,
    WHITE,
    NotAColourError,
    check_brand,
    contrast,
    near_red_or_gold,
    tint,
)

PAPER = "#FAF7F1"


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21.0)
    assert contrast(WHITE, WHITE) == pytest.approx(1.0)
    assert contrast(WHITE, INK) == contrast(INK, WHITE)


@pytest.mark.parametrize(
    ("colour", "on_white"),
    [("#0F5E5A", 7.6), ("#6B2D5C", 9.7), ("#3F5E1E", 7.4), ("#8C3A1F", 7.7)],
)
def test_the_colours_of_the_look_have_the_contrast_it_prints(colour: str, on_white: float) -> None:
    assert round(contrast(colour, WHITE), 1) == on_white
    assert check_brand(colour).passes


def test_the_usual_colour_reads_on_paper_and_on_its_own_tint() -> None:
    assert round(contrast("#0F5E5A", PAPER), 1) == 7.1
    assert round(contrast("#0F5E5A", tint("#0F5E5A")), 1) == 6.5


def test_the_shades_are_a_quarter_darker_and_a_tenth_in_white() -> None:
    brand = check_brand("#0f5e5a")
    assert (brand.brand, brand.deep, brand.tint, brand.on_brand) == (
        "#0F5E5A",
        "#0B4644",
        "#E7EFEE",
        "#FFFFFF",
    )


@pytest.mark.parametrize("colour", ["#7FB7B2", "#FFCC00", "#FFFFFF", "#1D9BF0", "#767676"])
def test_too_light_a_colour_is_offered_its_nearest_darker_shade_and_told_why(colour: str) -> None:
    brand = check_brand(colour)
    assert not brand.passes
    assert brand.nearest is not None
    assert contrast(brand.nearest, WHITE) >= 5.5
    assert contrast(brand.nearest, tint(brand.nearest)) >= 4.5
    assert check_brand(brand.nearest).passes
    assert "is too light" in brand.sentence
    assert brand.nearest in brand.sentence


def test_the_shade_offered_is_the_first_that_passes() -> None:
    nearest = check_brand("#7FB7B2").nearest
    assert nearest is not None
    # One step lighter would have failed
    lighter = "#" + "".join(
        f"{min(255, round(int(nearest[at : at + 2], 16) / 0.98) + 1):02X}" for at in (1, 3, 5)
    )
    assert not check_brand(lighter).passes


def test_a_ratio_just_short_is_not_printed_as_the_one_it_falls_short_of() -> None:
    assert 5.45 < contrast("#696969", WHITE) < 5.5
    assert "is 5.4 and 5.5 is needed" in check_brand("#696969").sentence


@pytest.mark.parametrize(
    ("colour", "near"),
    [
        ("#8C3A1F", True),  # brick
        ("#9F2A1C", True),  # the red of "late" itself
        ("#7A5200", True),  # gold
        ("#0F5E5A", False),
        ("#6B2D5C", False),
        ("#3F5E1E", False),
        ("#4A4A4A", False),  # a grey has no hue to be mistaken for
    ],
)
def test_a_hue_near_red_or_gold_is_for_the_header_only(colour: str, *, near: bool) -> None:
    assert near_red_or_gold(colour) is near
    assert check_brand(colour).header_only is near
    assert ("header only" in check_brand(colour).sentence) is near


@pytest.mark.parametrize("text", ["", "teal", "#0F5", "0F5E5A", "#0F5E5G", "#0F5E5A;}body{"])
def test_what_is_no_colour_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotAColourError, match="six letters or digits"):
        check_brand(text)
