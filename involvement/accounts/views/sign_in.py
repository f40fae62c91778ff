"""Where signing in leads: to the one landlord, or to a choice of several."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts import queries, sessions
from involvement.accounts.addresses import address_of, by_host
from involvement.accounts.doors import open_view
from involvement.accounts.models import Membership
from involvement.accounts.permissions import Permission
from involvement.landlords import queries as landlords
from involvement.landlords.models import Landlord

ARRIVE = "sign-in/arrive/"


@open_view
@never_cache
@require_safe
def arrive(request: Any) -> HttpResponse:
    """The first page after signing in, by what the person may do there."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.landlord is None:
        bound = landlords.landlord_by_key(request.session.get(sessions.SESSION_KEY))
        return redirect(
            address_of(request, bound, ARRIVE) if bound else "accounts_public:landlords"
        )
    membership = queries.membership_of(request.user)
    if membership is None:
        return redirect("accounts_public:landlords")
    return redirect(_home_of(membership, landlord=request.landlord))


def _home_of(membership: Membership, *, landlord: Landlord) -> str:
    if membership.may(Permission.DESK_OPEN):
        return "faces:desk_home"
    group = settings.FACE_ADDRESSES.get("group")
    if group and landlord.is_group and membership.may(Permission.GROUP_READ):
        return group
    library = settings.FACE_ADDRESSES.get("library")
    return library if library and membership.may(Permission.LIBRARY_READ) else "faces:landing"


@open_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_landlord(request: Any) -> HttpResponse:
    """The landlords of whoever is signed in; a POST takes the session over to one of them."""
    user = get_user(request)  # whoever the session belongs to, also at another landlord's address
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    own = queries.landlords_of(user)
    bound = request.session.get(sessions.SESSION_KEY)
    if sessions.opened_by_directory(request):
        own = [landlord for landlord in own if landlord.pk == bound]
    if request.method == "POST":
        chosen = next((each for each in own if each.slug == request.POST.get("landlord")), None)
        if chosen is None or by_host(request):
            raise Http404
        request.session.cycle_key()
        sessions.bind(request, chosen)
        return redirect(address_of(request, chosen, ARRIVE))
    rows = [
        {"landlord": each, "here": each.pk == bound, "url": address_of(request, each, ARRIVE)}
        for each in own
    ]
    context = {"rows": rows, "user_name": str(user), "by_host": by_host(request)}
    return render(request, "involvement/accounts/landlords.html", context)


@open_view
@require_safe
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """How one gets a log-in: by being invited."""
    return render(request, "involvement/accounts/no_sign_up.html")


@open_view
@require_safe
def kept_by_directory(request: HttpRequest) -> HttpResponse:
    """Why this session may not change how its person signs in."""
    return render(request, "involvement/accounts/kept_by_directory.html")
