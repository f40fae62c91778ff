"""Where a landlord's pages begin, seen from the page being read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from involvement.landlords.models import Domain, Landlord


def by_host(request: HttpRequest) -> bool:
    """Whether the page lies at a landlord's own host, where the path form does not work."""
    landlord = getattr(request, "landlord", None)
    return landlord is not None and not _prefix(request).endswith(f"/at/{landlord.slug}")


def address_of(request: HttpRequest, landlord: Landlord, path: str = "") -> str:
    """The address of `path` (without a leading slash) at `landlord`, beginning where the reader is.

    `/at/poole/desk/` on the bare host; `//poole.example.org/desk/` from another landlord's host.
    """
    if not by_host(request):
        root = _prefix(request).split("/at/", 1)[0]
        return f"{root}/at/{landlord.slug}/{path}"
    if landlord == request.landlord:  # type: ignore[attr-defined]  # set by LandlordMiddleware
        return f"{_prefix(request)}/{path}"
    port = request.get_host().partition(":")[2]
    host = f"{landlord.slug}.{settings.BASE_DOMAIN}" + (f":{port}" if port else "")
    return f"{request.scheme}://{host}/{path}"


def whole_address(landlord: Landlord, url_name: str, *args: object) -> str:
    """The address of a landlord's page as it is written into an e-mail, from wherever it is sent.

    At the landlord's own domain where it has one, else in the path form at `settings.SITE_ADDRESS`.
    """
    path = reverse(url_name, args=args).removeprefix(get_script_prefix())
    domain = Domain.objects.filter(landlord_key=landlord).order_by("pk").first()
    if domain is not None:
        return f"https://{domain.host}/{path}"
    return f"{settings.SITE_ADDRESS}/at/{landlord.slug}/{path}"


def _prefix(request: HttpRequest) -> str:
    prefix: str = request.META.get("SCRIPT_NAME", "")
    return prefix
