"""One-click sign-in as a person of the demonstration. Answers 404 unless DEMO_MODE is on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from involvement.accounts import queries, sessions
from involvement.accounts.addresses import address_of, by_host
from involvement.accounts.doors import open_view
from involvement.accounts.models import Membership
from involvement.accounts.permissions import ROLES, Role
from involvement.accounts.views.sign_in import ARRIVE
from involvement.isolation import for_each, landlord_scope
from involvement.landlords import queries as landlords
from involvement.landlords.models import Landlord
from involvement.wiring import panels


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demonstration, and what their role lets them do, in prose."""

    membership: Membership
    prose: str


@open_view
# Each landlord is asked in a transaction of its own
@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: Any) -> HttpResponse:
    """Choose whom to be; a POST signs in as that person."""
    if not settings.DEMO_MODE:
        raise Http404
    shown = landlords.demo_landlords()
    if request.landlord is not None:
        shown = [each for each in shown if each == request.landlord]
    if request.method == "POST":
        return _sign_in(request, shown)
    groups = [
        (landlord, address_of(request, landlord), people, more)
        for landlord, (people, more) in for_each(shown, partial(_people, request))
        if people
    ]
    context = {"groups": groups, "by_host": by_host(request)}
    return render(request, "involvement/accounts/demo.html", context)


def _people(request: Any, landlord: Landlord) -> tuple[list[DemoPerson], list[str]]:
    """The landlord's staff, and whom the floors above let one be."""
    staff = [
        DemoPerson(membership, ROLES[Role(membership.role)].prose)
        for membership in queries.active_members()
    ]
    return staff, panels("accounts.demo", request, landlord=landlord)


def _sign_in(request: Any, shown: list[Landlord]) -> HttpResponse:
    landlord = next((each for each in shown if each.slug == request.POST.get("landlord")), None)
    key = request.POST.get("person", "")
    if landlord is None or not key.isdecimal():
        raise Http404
    with landlord_scope(landlord), transaction.atomic():
        membership = queries.active_members().filter(pk=int(key)).first()
    if membership is None:
        raise Http404
    get_adapter(request).login(request, membership.user)
    sessions.bind(request, landlord)
    return redirect(address_of(request, landlord, ARRIVE))
