"""A resident's own details."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from involvement.auditing.meanwhile import Writing
from residents.people import operations
from residents.people.forms.own import OwnDetailsForm
from residents.signin.doors import ResidentRequest, resident_view


@resident_view("may_change")
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: ResidentRequest) -> HttpResponse:
    """How somebody is reached; by what they sign in they change themselves alone."""
    person, is_own = request.person, request.visit.authority is None

    def make(data: Any) -> OwnDetailsForm:
        begun = OwnDetailsForm.begun_with(person)
        return OwnDetailsForm(data, person=person, is_own=is_own, initial=begun)

    writing = Writing(request, person, make)
    form = writing.form
    if form.is_valid():
        operations.change_person(
            person=person, by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, writing.told("Your details are kept."))
        return redirect("people_my:details")
    context = {"form": form, "writing": writing, "is_own": is_own}
    return render(request, "residents/people/own_details.html", context)
