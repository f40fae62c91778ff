"""A landlord's colours come as a sheet whose address is the colour."""

from __future__ import annotations

import pytest
from django.test import Client

from involvement.faces.brand import brand_sheet, brand_version
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord


def test_the_address_names_the_colour_and_the_sheet_says_it() -> None:
    version = brand_version("#6B2D5C")
    assert version == "6b2d5c-1"
    assert brand_sheet(version) == (
        ":root{--brand:#6B2D5C;--on-brand:#FFFFFF;"
        "--act:#6B2D5C;--act-deep:#502245;--act-tint:#F0EAEF;--on-act:#FFFFFF}\n"
    )


def test_a_colour_near_red_fills_the_header_and_leaves_the_buttons_in_ink() -> None:
    sheet = brand_sheet(brand_version("#8C3A1F"))
    assert sheet is not None
    assert "--brand:#8C3A1F;" in sheet
    assert "--act:#25201B;" in sheet


def test_a_colour_saved_before_the_rules_is_served_as_its_darker_shade() -> None:
    sheet = brand_sheet(brand_version("#7FB7B2"))
    assert sheet is not None
    assert "#7FB7B2" not in sheet
    assert "--brand:#4D6E6B;" in sheet


@pytest.mark.parametrize("version", ["", "6b2d5c", "6b2d5c-0", "zzzzzz-1", "6b2d5c-1x"])
def test_an_address_that_names_no_colour_has_no_sheet(version: str) -> None:
    assert brand_sheet(version) is None


def test_text_that_is_no_colour_has_no_address() -> None:
    assert brand_version("teal") == ""


@pytest.mark.django_db
def test_the_sheet_is_kept_for_a_year(visitor: Client) -> None:
    response = visitor.get("/brand/0f5e5a-1.css")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert visitor.get("/brand/teal.css").status_code == 404


def test_a_landlords_logo_is_served_at_its_own_address_only(
    poole: Landlord, visitor: Client
) -> None:
    assert visitor.get("/brand/logo-1.png").status_code == 404
    with landlord_scope(poole):
        Landlord.objects.filter(pk=poole.pk).update(logo_png=b"\x89PNG poole")
    response = visitor.get("/brand/logo-1.png")
    assert (response.status_code, response.content) == (200, b"\x89PNG poole")
    assert response.headers["Content-Type"] == "image/png"
    elsewhere = Client(headers={"host": "localhost"})
    assert elsewhere.get("/brand/logo-1.png").status_code == 404
