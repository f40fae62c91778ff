"""The landlord's colours as a style sheet, and the gallery where every component can be seen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, open_view, public_view
from involvement.faces.brand import brand_sheet
from involvement.faces.gallery import INKS, PAGES, sample_context, sections, unrendered
from involvement.faces.marks import ICONS


@open_view
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(request: HttpRequest, version: str) -> HttpResponse:
    """The sheet of a landlord's colours; its address names the colour, so it may be kept for a year."""
    sheet = brand_sheet(version)
    if sheet is None:
        raise Http404("No colours have this address.")
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


@public_view
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def logo(request: LandlordRequest, version: str) -> HttpResponse:
    """The landlord's logo; its address changes whenever the landlord does."""
    if not request.landlord.logo_png:
        raise Http404("This landlord has no logo.")
    return HttpResponse(bytes(request.landlord.logo_png), content_type="image/png")


@open_view
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, with the lines of template that call it."""
    context = sample_context()
    shown = {
        "sections": sections(request, context),
        "pages": PAGES,
        "inks": INKS,
        "icons": sorted(ICONS),
        "load_line": unrendered("{% load faces %}"),
    }
    return render(request, "gallery/index.html", {**context, **shown})


@open_view
@require_safe
def gallery_page(request: HttpRequest, name: str) -> HttpResponse:
    """A whole sample page built of the components, to judge how they sit together."""
    if name not in PAGES:
        raise Http404("The gallery has no such page.")
    return render(request, f"gallery/pages/{name}.html", sample_context())
