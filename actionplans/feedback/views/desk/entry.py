"""Writing down what somebody said."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.feedback import operations
from actionplans.feedback.forms.entry import (
    REMEMBERED,
    Entry,
    ManySource,
    Rows,
    Words,
    said_in_rows,
)
from actionplans.feedback.forms.fields import person_label
from actionplans.feedback.models import Feedback, SourceKind
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from residents.people import queries as people
from residents.people.models import Person
from residents.people.operations import person_reached
from structures.bodies.queries import bodies


@landlord_view(Permission.FEEDBACK_RECORD)
def record(request: LandlordRequest) -> HttpResponse:
    """Write one down; the next row begins with the same day and source."""
    form = Entry(posted(request), initial=_initial(request))
    if form.is_valid():
        try:
            feedback = _record(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Recorded: “{feedback}” – {feedback.speaker}.")
            if "and_open" in request.POST:
                return redirect("feedback:feedback_detail", feedback.pk)
            return redirect(f"{reverse('feedback:record')}?{urlencode(form.remembered())}")
    return render(
        request,
        "actionplans/feedback/record.html",
        {"form": form, "landlord_phone": request.landlord.contact_phone},
    )


@landlord_view(Permission.FEEDBACK_RECORD)
def record_many(request: LandlordRequest) -> HttpResponse:
    """Ten rows at once, from one stall or meeting. Blank rows are passed over."""
    head = ManySource(posted(request), initial=_initial(request))
    rows: Any = Rows(posted(request), prefix="row")
    if head.is_valid() and rows.is_valid():
        filled = said_in_rows(head, rows)
        if filled:
            made = _record_rows(request, filled)
            messages.success(request, f"{count(len(made), 'piece is', 'pieces are')} recorded.")
            remembered = {name: head.data[name] for name in REMEMBERED if head.data.get(name)}
            return redirect(f"{reverse('feedback:record_many')}?{urlencode(remembered)}")
        head.add_error(None, "Fill in at least one row.")
    context = {"head": head, "rows": rows, "wrong": [head, *rows.forms]}
    return render(request, "actionplans/feedback/record_many.html", context)


@landlord_view(Permission.FEEDBACK_RECORD)
@require_safe
def who_options(request: LandlordRequest) -> HttpResponse:
    """Suggestions for “Who said it”, as options of a list; people only for who may read them."""
    typed = request.GET.get("who", "").strip()
    options = []
    if len(typed) >= 2 and request.membership.may(Permission.PEOPLE_READ):
        found = people.people_named(typed)[:8]
        options = [(person_label(one), str(one.place or "")) for one in found]
    if typed:
        named = bodies().filter(name__icontains=typed)[:4]
        options += [(body.name, "group") for body in named]
    return render(request, "actionplans/feedback/who_options.html", {"options": options})


@transaction.atomic
def _record(request: LandlordRequest, form: Entry) -> Feedback:
    at = timezone.now()
    said = form.said(_added(request, form, at))
    return operations.record_feedback(said=said, by=request.actor, at=at)


@transaction.atomic
def _record_rows(
    request: LandlordRequest, filled: list[tuple[Words, operations.Said]]
) -> list[Feedback]:
    at = timezone.now()
    made = []
    for form, said in filled:
        person = _added(request, form, at)
        whose = operations.spoken_by(said, person) if person is not None else said
        made.append(operations.record_feedback(said=whose, by=request.actor, at=at))
    return made


def _added(request: LandlordRequest, form: Words, at: dt.datetime) -> Person | None:
    if form.new_person is None:
        return None
    name, contact = form.new_person
    return person_reached(name=name, contact=contact, by=request.actor, at=at)


def _initial(request: LandlordRequest) -> dict[str, Any]:
    begun = (*REMEMBERED, "who", "spoken_by")
    kept = {name: request.GET[name] for name in begun if request.GET.get(name)}
    return {
        "said_on": timezone.localdate().isoformat(),
        "source_kind": SourceKind.PHONE,
        "token": uuid.uuid4(),
        **kept,
    }
