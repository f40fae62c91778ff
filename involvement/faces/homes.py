"""The first pages: the front door, a landlord's public home, and the desk's "What needs you today"."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import get_text_list, slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from involvement.accounts import queries as accounts
from involvement.accounts.addresses import address_of
from involvement.accounts.doors import LandlordRequest, landlord_view, open_view, public_view
from involvement.accounts.permissions import Permission
from involvement.landlords import queries
from involvement.wiring import panels

log = logging.getLogger(__name__)


@open_view
@require_safe
def landing(request: Any) -> HttpResponse:
    """`/`: a landlord's public home under its address, the product's front door elsewhere."""
    if request.landlord is not None:
        return public_home(request)
    if settings.DEMO_MODE:
        rows = [(each, address_of(request, each)) for each in queries.demo_landlords()]
        return render(request, "involvement/faces/front_door_demo.html", {"rows": rows})
    return find_landlord(request)


def find_landlord(request: HttpRequest) -> HttpResponse:
    """Where to look for a landlord's address. Names none, so that nobody learns who is a customer."""
    wanted = slugify(request.GET.get("landlord", ""))
    if wanted:
        return redirect(f"/at/{wanted}/")
    return render(request, "involvement/faces/front_door.html")


@public_view
def public_home(request: LandlordRequest) -> HttpResponse:
    """What anybody finds at a landlord's address: the menu, what came of what was said, a person."""
    return render(
        request, "involvement/faces/public_home.html", {"panels": panels("public.home", request)}
    )


@landlord_view(Permission.DESK_OPEN)
@require_safe
def desk_home(request: LandlordRequest) -> HttpResponse:
    """What needs this member of staff today, filled by the capabilities above."""
    context = {
        "today": timezone.localdate(),
        "waiting": _waiting(request),
        "panels": panels("desk.home", request),
        "side_panels": panels("desk.home_side", request),
    }
    return render(request, "involvement/faces/desk_home.html", context)


def _waiting(request: LandlordRequest) -> str:
    """The counts of what waits, as one clause: "three threads are broken and two lines are late"."""
    clauses = []
    for path in settings.TODAY:
        try:
            with transaction.atomic():
                clauses.append(import_string(path)(request))
        except Exception:  # one count that fails must not take the first page with it
            log.exception("The count %s failed.", path)
    return str(get_text_list([clause for clause in clauses if clause], "and"))


def not_allowed(request: Any, exception: Exception | None = None) -> HttpResponse:
    """A member without the permission reads who can give it."""
    member = getattr(request, "membership", None)
    context = {"administrators": accounts.administrators() if member is not None else []}
    return render(request, "403.html", context, status=403)


@open_view
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether database and shared cache answer: 200 if both do, else 503. For the container's eye."""
    answers = {"database": _answers(_ask_database), "cache": _answers(_ask_cache)}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _answers(ask: Any) -> bool:
    try:
        with transaction.atomic():
            return bool(ask())
    except Exception:  # whatever is wrong with it, it does not answer
        log.exception("%s", ask.__name__)
        return False


def _ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _ask_cache() -> bool:
    cache.set("shared:health", 1, 10)
    return bool(cache.get("shared:health"))
