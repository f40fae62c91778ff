"""What interests a resident, to change on their own page at any time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal
from residents.interests import operations, queries
from residents.interests.forms.own import OwnWishesForm
from residents.signin.doors import ResidentRequest, resident_view


@resident_view("may_decide")
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: ResidentRequest) -> HttpResponse:
    """Subjects, ways of taking part, time and level."""
    person = request.person

    def make(data: Any) -> OwnWishesForm:
        held = queries.wishes_of(person)
        return OwnWishesForm(data, initial=OwnWishesForm.begun_with(held.wishes))

    writing = Writing(request, person, make)
    form, now = writing.form, timezone.now()
    if form.is_valid():
        try:
            operations.set_wishes(
                person=person,
                wishes=form.wishes,
                heard=request.visit.heard(now),
                by=request.actor,
                at=now,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("What you would like is kept."))
            return redirect("interests_my:wishes")
    return render(
        request, "residents/interests/own_wishes.html", {"form": form, "writing": writing}
    )
