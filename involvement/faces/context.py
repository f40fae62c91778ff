"""What every template may count on: the landlord, the reader, the demonstration, the menus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from involvement.faces.brand import brand_version
from involvement.faces.navigation import Navigation, may_open
from involvement.faces.words import telephone_link

# Names of addresses the layouts link to; settings.FACE_ADDRESSES overrides or fills them, and
# settings.FACE_PERMISSIONS says which are for some alone.
ADDRESSES: Final[dict[str, str]] = {
    "home": "",
    "desk": "",
    "my": "",
    "library": "",
    "search": "",
    "record": "",
    "settings": "",
    "sign_in": "",
    "sign_out": "",
    "call_back": "",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is signed in, as the layouts name them: empty words where nobody is."""

    name: str
    role: str


def faces(request: HttpRequest) -> dict[str, Any]:
    """Everything the layouts use, always defined: absent things are None or empty.

    `landlord`, `membership`, `demo_mode`, `navigation` (`.desk`, `.my`, `.public`, `.board`, `.foot`),
    `addresses` (a name from ADDRESSES to its URL, "" where the reader may not open it), `reader`, `brand_sheet` (the URL of the
    landlord's colours or ""), `face_name` (the landlord's name, or the product's), `logo_url` and
    `contact_link` (the address that rings the named officer).
    """
    landlord = getattr(request, "landlord", None)
    colour = getattr(landlord, "brand_colour", "") or ""
    phone = getattr(landlord, "contact_phone", "") or ""
    return {
        "landlord": landlord,
        "membership": getattr(request, "membership", None),
        "demo_mode": bool(getattr(settings, "DEMO_MODE", False)),
        "navigation": Navigation(request),
        "addresses": _addresses(request),
        "reader": _reader(request),
        "brand_sheet": _brand_sheet(colour),
        "logo_url": _logo_url(landlord),
        "contact_link": telephone_link(phone) if phone else "",
        "face_name": getattr(landlord, "name", "") or "Resident involvement",
    }


def _addresses(request: HttpRequest) -> dict[str, str]:
    membership = getattr(request, "membership", None)
    asked: dict[str, str] = getattr(settings, "FACE_PERMISSIONS", {})
    names = {**ADDRESSES, **getattr(settings, "FACE_ADDRESSES", {})}
    return {
        name: _address(url_name) if may_open(membership, asked.get(name)) else ""
        for name, url_name in names.items()
    }


def _address(url_name: str) -> str:
    if not url_name:
        return ""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _brand_sheet(colour: str) -> str:
    version = brand_version(colour)
    return reverse("faces:brand_css", kwargs={"version": version}) if version else ""


def _logo_url(landlord: Any) -> str:
    if not getattr(landlord, "has_logo", False):
        return ""
    return reverse("faces:logo", kwargs={"version": f"{landlord.updated_at:%Y%m%d%H%M%S}"})


def _reader(request: HttpRequest) -> Reader:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Reader(name="", role="")
    membership = getattr(request, "membership", None)
    return Reader(name=str(user), role=membership.get_role_display() if membership else "")
