"""The door of residents' own pages, under `/my/`, and the cookie that opens it.

It has nothing to do with staff's sessions: somebody who works here and lives here is signed in twice,
each time with what that lets them do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from involvement.accounts.doors import Door, LandlordRequest, stamp
from residents.people.models import Person
from residents.signin.models import STAYS_FOR, ResidentSession
from residents.signin.queries import Visit, visit_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SELF_ALONE: Final = ""
ANYBODY: Final = "anybody"


class ResidentRequest(LandlordRequest):
    """What a view behind this door may rely on. `person` is whose pages these are."""

    visit: Visit
    person: Person


def resident_view(may: str = SELF_ALONE) -> Callable[[View], View]:
    """A page for whoever is signed in as a resident.

    Who acts for another sees it where their authority's scope has `may`, one of its fields. A page of
    ANYBODY's shows nothing but what each may see; one of SELF_ALONE is for the resident alone.
    """

    def decorate(view: View) -> View:
        @login_not_required  # this door asks to sign in itself
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.landlord is None:
                raise Http404
            request.membership = None
            visit = visit_here(request)
            if visit is None:
                return kept_private(redirect("signin_my:ask"))
            request.visit, request.person, request.actor = visit, visit.person, visit.actor
            if may != ANYBODY and not visit.may(may):
                page = render(request, "residents/signin/may_not.html", status=403)
                return kept_private(page)
            return kept_private(view(request, *args, **kwargs))

        return cast("View", stamp(opened, Door.RESIDENT, None))

    return decorate


def visit_here(request: LandlordRequest) -> Visit | None:
    """Who is signed in as a resident on this device at this landlord."""
    token = request.COOKIES.get(cookie_name(request), "")
    return visit_of(token, timezone.now()) if token else None


def cookie_name(request: LandlordRequest) -> str:
    """Each landlord has its own: under the path form they share a host."""
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}my-{request.landlord.pk}"


def give_cookie(
    request: LandlordRequest, response: HttpResponse, session: ResidentSession, token: str
) -> HttpResponse:
    """Have the browser keep the token: on a shared computer until it is closed."""
    age: dt.timedelta | None = None if session.is_shared else STAYS_FOR
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=age,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def take_cookie(request: LandlordRequest, response: HttpResponse) -> HttpResponse:
    """Have the browser forget it."""
    response.set_cookie(
        cookie_name(request),
        "",
        max_age=0,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


R = TypeVar("R", bound=HttpResponseBase)


def kept_private(response: R) -> R:
    """Nobody finds the page again by going back, on a computer that others use."""
    response["Cache-Control"] = "no-store, private"
    return response
