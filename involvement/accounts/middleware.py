"""Keeps a session to its landlord and to its time."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from involvement.accounts import sessions
from involvement.accounts.sessions import SESSION_KEY

__all__ = ["SESSION_KEY", "SessionBoundToLandlord"]


class SessionBoundToLandlord:
    """A session opened at one landlord's address is nobody's at another's.

    Under `/at/<slug>/` all landlords share one cookie, so the binding is what keeps them apart.
    Whoever is signed in at another landlord's address is kept as `signed_in_elsewhere`: to the doors
    of members they are a stranger, to every other door nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        landlord = request.landlord  # type: ignore[attr-defined]  # set by LandlordMiddleware
        if auth.SESSION_KEY in request.session:
            reason = sessions.ended_because(request.session, at=timezone.now())
            if reason:
                auth.logout(request)
                request.session[sessions.ENDED_KEY] = reason
        if landlord is not None and request.session.get(SESSION_KEY) != landlord.pk:
            request.signed_in_elsewhere = request.user  # type: ignore[attr-defined]  # read by the doors
            request.user = AnonymousUser()
        return self.get_response(request)
