from __future__ import annotations

import uuid
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import say_day
from residents.people.queries import Contact, first_found, known_by, likely_same, survivor
from residents.privacy.forms.desk import AnswerForm, ComplaintForm, WhoseForm
from residents.privacy.models import DataComplaint
from residents.privacy.operations import complaints as operations
from residents.privacy.queries import complaints as queries

MOST_SHOWN: Final = 10


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_add(request: LandlordRequest) -> HttpResponse:
    """Record a complaint about data that somebody made by telephone, letter or in person."""
    begun = {**_who(request.GET.get("who", "")), "form_token": uuid.uuid4()}
    form = ComplaintForm(posted(request), initial=begun)
    if form.is_valid():
        data = form.cleaned_data
        row = operations.receive(
            person=known_by(data["name"], Contact.read(data["contact"])),
            by=request.actor,
            at=timezone.now(),
            **data,
        )
        messages.success(
            request,
            f"Complaint {row.number} is recorded. Acknowledge it by {say_day(row.acknowledge_by_on)}.",
        )
        return redirect("privacy:complaint_detail", row.pk)
    context = {"form": form, "heading": "Record a complaint about data", "complaint": None}
    context |= {"act": "Record the complaint", "lede": "How we used what we know about somebody."}
    return render(request, "residents/privacy/complaint_form.html", context)


def _who(key: str) -> dict[str, str]:
    """The name and one contact of whoever the form is opened for."""
    person = survivor(int(key)) if key.isdecimal() else None
    if person is None:
        return {}
    return {"name": person.name, "contact": person.email or person.phone or person.address}


@landlord_view(Permission.PEOPLE_CHANGE)
@require_safe
def complaint_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One complaint: what it says, its clock, what was found."""
    row = _get(pk)
    context = {"complaint": row, "today": timezone.localdate(), "history": history_of(row)[:20]}
    return render(request, "residents/privacy/complaint_detail.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_whose(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say whose complaint it is: somebody of this name or contact, or whoever is looked for."""
    row = _get(pk)
    words = request.GET.get("q", "").strip()[:120]
    found = (
        first_found(words, MOST_SHOWN)
        if words
        else list(likely_same(row.name, Contact.read(row.contact))[:MOST_SHOWN])
    )
    form = WhoseForm(posted(request), people=found)
    if form.is_valid():
        person = form.cleaned_data["person"]
        try:
            operations.say_whose(complaint=row, person=person, by=request.actor, at=timezone.now())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            whose = f"{person.name}’s" if person else "nobody’s in the register"
            messages.success(request, f"Complaint {row.number} is {whose}.")
            return redirect("privacy:complaint_detail", pk)
    context = {"form": form, "complaint": row, "words": words, "found": found}
    return render(request, "residents/privacy/complaint_whose.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def complaint_acknowledge(request: LandlordRequest, pk: int) -> HttpResponse:
    """Note that they were told it has arrived; an e-mail address is written to."""
    at = timezone.now()
    try:
        row = operations.acknowledge(
            complaint=_get(pk),
            landlord=request.landlord,
            on=timezone.localdate(at),
            by=request.actor,
            at=at,
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        by_mail = bool(Contact.read(row.contact).email)
        said = (
            "An e-mail tells them that it has arrived."
            if by_mail
            else ("It is noted that you told them it has arrived.")
        )
        messages.success(request, said)
    return redirect("privacy:complaint_detail", pk)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_answer(request: LandlordRequest, pk: int) -> HttpResponse:
    """Record what was found, and that they were told."""
    row = _get(pk)
    form = AnswerForm(posted(request))
    if form.is_valid():
        try:
            operations.answer(
                complaint=row, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Complaint {row.number} is answered.")
            return redirect("privacy:complaint_detail", pk)
    context = {"form": form, "heading": f"Answer complaint {row.number}", "complaint": row}
    context |= {"act": "Record the answer", "lede": "Tell them first, then record it here."}
    return render(request, "residents/privacy/complaint_form.html", context)


def _get(pk: int) -> DataComplaint:
    row: DataComplaint = get_object_or_404(queries.complaints(), pk=pk)
    return row
