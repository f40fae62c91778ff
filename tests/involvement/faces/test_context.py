"""Templates may count on their context, whoever asks and whatever is missing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from involvement.faces.context import ADDRESSES, faces
from involvement.faces.navigation import menu


def asked(path: str = "/gallery/", **attributes: Any) -> HttpRequest:
    request = RequestFactory().get(path)
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


def seven(request: HttpRequest) -> int:
    return 7


def member_who_may(*permissions: str) -> SimpleNamespace:
    return SimpleNamespace(may=lambda permission: permission in permissions)


def entry(label: str, url_name: str = "faces:gallery", **more: Any) -> dict[str, Any]:
    return {"face": "desk", "label": label, "url_name": url_name, **more}


def test_a_request_that_knows_nothing_still_gets_every_word(settings: Settings) -> None:
    settings.NAVIGATION = []
    context = faces(asked())
    assert context["landlord"] is None
    assert context["membership"] is None
    assert context["brand_sheet"] == ""
    assert context["logo_url"] == ""
    assert context["contact_link"] == ""
    assert context["face_name"] == "Resident involvement"
    assert context["reader"].name == ""
    assert set(context["addresses"]) >= set(ADDRESSES)
    assert list(context["navigation"]) == []


def test_a_landlord_brings_name_colours_and_telephone() -> None:
    landlord = SimpleNamespace(
        name="Poole Housing Partnership",
        brand_colour="#6B2D5C",
        contact_phone="01632 960 142",
        logo_png=None,
    )
    context = faces(asked(landlord=landlord))
    assert context["face_name"] == "Poole Housing Partnership"
    assert context["brand_sheet"] == "/brand/6b2d5c-1.css"
    assert context["contact_link"] == "tel:01632960142"


def test_an_address_nobody_serves_is_empty(settings: Settings) -> None:
    settings.FACE_ADDRESSES = {"search": "faces:gallery", "record": "no:such_name"}
    settings.FACE_PERMISSIONS = {}
    addresses = faces(asked())["addresses"]
    assert (addresses["search"], addresses["record"]) == ("/gallery/", "")


def test_the_layouts_offer_an_address_only_to_who_may_open_it(settings: Settings) -> None:
    settings.FACE_ADDRESSES = {"record": "faces:gallery"}
    settings.FACE_PERMISSIONS = {"record": "feedback.record"}
    may, may_not = member_who_may("feedback.record"), member_who_may("feedback.read")
    offered = [faces(asked(membership=each))["addresses"]["record"] for each in (may, may_not)]
    assert offered == ["/gallery/", ""]


def test_a_menu_shows_what_the_reader_may_open(settings: Settings) -> None:
    settings.NAVIGATION = [entry("For all"), entry("Plan", permission="plan.read")]
    shown = [item.label for item in menu(asked(), "desk")]
    assert shown == ["For all"]
    member = asked(membership=member_who_may("plan.read"))
    assert [item.label for item in menu(member, "desk")] == ["For all", "Plan"]


def test_a_menu_counts_marks_gaps_and_leaves_out_what_is_not_served(
    settings: Settings,
) -> None:
    settings.NAVIGATION = [
        entry("Said", group="act", count=f"{__name__}.seven"),
        entry("Nowhere", "no:such_name", group="act"),
        entry("People", group="who"),
        {**entry("Library"), "face": "board"},
    ]
    said, people = menu(asked(), "desk")
    assert (said.label, said.count, said.starts_group) == ("Said", 7, False)
    assert (people.label, people.count, people.starts_group) == ("People", None, True)


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ("/gallery/", "All"),
        ("/gallery/plan/", "Plan"),
        ("/gallery/plan/3/", "Plan"),
        ("/gallery/x/", ""),
    ],
)
def test_the_longest_address_that_holds_the_page_is_lit(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, path: str, lit: str
) -> None:
    monkeypatch.setattr("involvement.faces.navigation.reverse", lambda name: name)
    settings.NAVIGATION = [entry("All", "/gallery/"), entry("Plan", "/gallery/plan/")]
    assert "".join(item.label for item in menu(asked(path), "desk") if item.current) == lit
