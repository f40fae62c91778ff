"""How officers help people in: a letter with a code, codes taken back, and who asked to be rung."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from residents.people import queries as people
from residents.signin import operations, queries
from residents.signin.models import CallBack


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def letter_write(request: LandlordRequest, pk: int) -> HttpResponse:
    """Write somebody a letter with a code, to be printed from the outbox."""
    person = get_object_or_404(people.people(), pk=pk)
    try:
        operations.write_letter(
            person=person, landlord=request.landlord, by=request.actor, at=timezone.now()
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The letter to {person.name} is written. Print it below.")
    return redirect("people:person_detail", pk)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def codes_revoke(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take back the codes somebody was sent."""
    person = get_object_or_404(people.people(), pk=pk)
    number = operations.revoke_codes(person=person, by=request.actor, at=timezone.now())
    messages.success(
        request,
        f"{count(number, 'code works', 'codes work')} no more." if number else "No code was open.",
    )
    return redirect("people:person_detail", pk)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def signed_out(request: LandlordRequest, pk: int) -> HttpResponse:
    """Sign somebody out on every device, as when a telephone was stolen."""
    person = get_object_or_404(people.people(), pk=pk)
    number = operations.end_everywhere(person=person, by=request.actor, at=timezone.now())
    messages.success(
        request,
        f"{person.name} is signed out on {count(number, 'device')}."
        if number
        else f"{person.name} was signed in nowhere.",
    )
    return redirect("people:person_detail", pk)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def call_list(request: LandlordRequest) -> HttpResponse:
    """Who asked to be rung."""
    made = request.GET.get("made") == "1"
    rows = queries.calls_made() if made else queries.calls_to_make()
    context = {"page": Paginator(rows, 50).get_page(request.GET.get("page")), "made": made,
               "waiting": queries.calls_to_make().count()}  # fmt: skip
    return render(request, "residents/signin/call_list.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_POST
def call_rung(request: LandlordRequest, pk: int) -> HttpResponse:
    """Note that somebody was rung."""
    call = get_object_or_404(CallBack, pk=pk)
    try:
        operations.note_rung(call=call, by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{call.name} was rung.")
    return redirect("signin:call_list")
