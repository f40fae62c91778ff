"""The doors: every page is opened by exactly one of these, which stamps it.

A stranger gets 404, so that nothing tells whether the page exists; a member without the permission
gets 403, which says whom to ask; somebody not signed in is asked to sign in. Whoever is signed in at
another landlord's address alone is a stranger here where they are no member, and asked to sign in
where they are one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict

from involvement.accounts import queries, second_factor, sessions
from involvement.accounts.models import Membership
from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Actor, ActorKind
from involvement.landlords.models import Landlord

DOOR = "involvement_door"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Door(StrEnum):
    MEMBER = "member"
    PUBLIC = "public"
    TOKEN = "token"  # noqa: S105 -- the name of a door
    OWN = "own"
    RESIDENT = "resident"
    OPEN = "open"


class LandlordRequest(HttpRequest):
    """What a view behind a door may rely on. On public pages `membership` may be None."""

    landlord: Landlord
    membership: Membership
    actor: Actor
    htmx: Any


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None where the page is only looked at. A sending of nothing is a sending."""
    return request.POST if request.method == "POST" else None


def posted_files(request: HttpRequest) -> MultiValueDict[str, UploadedFile[Any]] | None:
    """The files that were sent; None where the page is only looked at."""
    return request.FILES if request.method == "POST" else None


def landlord_view(permission: Permission) -> Callable[[View], View]:
    """A page for members of the landlord who have `permission`."""

    def decorate(view: View) -> View:
        @login_not_required  # this door asks to sign in itself, and only under a landlord's address
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.landlord is None:
                raise Http404
            if not request.user.is_authenticated:
                if _is_stranger(request):
                    raise Http404
                return redirect_to_login(request.get_full_path())
            membership = queries.membership_of(request.user)
            if membership is None:
                raise Http404
            _enter(request, membership)
            if not membership.may(permission):
                raise PermissionDenied(permission)
            if second_factor.is_missing(request):
                return redirect("accounts_public:second_factor_needed")
            return view(request, *args, **kwargs)

        return cast("View", stamp(opened, Door.MEMBER, permission))

    return decorate


def public_view(view: View) -> View:
    """A landlord's page for anybody; a member of staff who is signed in is known."""

    @login_not_required
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.landlord is None:
            raise Http404
        membership = queries.membership_of(request.user) if request.user.is_authenticated else None
        _enter(request, membership)
        return view(request, *args, **kwargs)

    return cast("View", stamp(opened, Door.PUBLIC, None))


def token_view(view: View) -> View:
    """A landlord's page behind an unguessable token, which the view itself checks."""

    @login_not_required
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.landlord is None:
            raise Http404
        request.membership = None
        response: HttpResponse = view(request, *args, **kwargs)  # type: ignore[assignment]  # views here return HttpResponse
        # Not "no-referrer": browsers then send a form with the origin "null", which is refused
        response["Referrer-Policy"] = "same-origin"
        response["Cache-Control"] = "no-store"
        return response

    return cast("View", stamp(opened, Door.TOKEN, None))


def own_view(view: View) -> View:
    """A page about somebody's own log-in: password, second factor. Needs no landlord.

    Closed to a session that a landlord's directory opened: see `sessions.opened_by_directory`.
    """

    @login_not_required  # this door asks to sign in itself
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if sessions.opened_by_directory(request):
            return redirect("accounts_public:kept_by_directory")
        if request.landlord is not None:
            request.membership = queries.membership_of(request.user)
        return view(request, *args, **kwargs)

    return cast("View", stamp(opened, Door.OWN, None))


def open_view(view: View) -> View:
    """A page of the product's own, under no landlord or any: the front door, health, the gallery."""

    @login_not_required
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return cast("View", stamp(opened, Door.OPEN, None))


def _enter(request: Any, membership: Membership | None) -> None:
    request.membership = membership
    if membership is not None:
        request.actor = Actor(ActorKind.STAFF, str(membership.user), key=membership.pk)


def _is_stranger(request: Any) -> bool:
    """Whether somebody signed in at another landlord's address is no member of this one."""
    user = getattr(request, "signed_in_elsewhere", None)
    if user is None or not user.is_authenticated:
        return False
    # A directory vouches at its own landlord, and is not told who is a member of another
    return sessions.opened_by_directory(request) or queries.membership_of(user) is None


def stamp(opened: Any, door: Door, permission: Permission | None) -> Any:
    """Note on a view which door opens it. Returns the view."""
    setattr(opened, DOOR, {"door": door, "permission": permission})
    return opened
