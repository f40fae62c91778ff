"""What a resident needs and allows, said on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts.doors import posted
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal
from residents.preferences import operations, queries
from residents.preferences.forms.needs import languages_first
from residents.preferences.forms.own import OwnConsentForm, OwnNeedsForm
from residents.signin.doors import ResidentRequest, resident_view

FORM_METHODS = ["GET", "HEAD", "POST"]


@resident_view("may_change")
@require_http_methods(FORM_METHODS)
def needs(request: ResidentRequest) -> HttpResponse:
    """Formats, language, support."""
    person = request.person

    def make(data: Any) -> OwnNeedsForm:
        begun = OwnNeedsForm.starting_with(queries.needs_of(person))
        return OwnNeedsForm(data, initial=begun)

    writing = Writing(request, person, make)
    form, now = writing.form, timezone.now()
    if form.is_valid():
        try:
            operations.set_needs(
                person=person,
                needs=form.needs,
                heard=request.visit.heard(now),
                by=request.actor,
                at=now,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("What you need is kept."))
            return redirect("preferences_my:needs")
    languages = languages_first(request.landlord)
    context = {"form": form, "writing": writing, "languages": languages}
    return render(request, "residents/preferences/own_needs.html", context)


@resident_view("may_change")
@require_safe
def consent_list(request: ResidentRequest) -> HttpResponse:
    """What they allow, purpose by purpose."""
    context = {"standing": queries.standing_of(request.person)}
    return render(request, "residents/preferences/own_consents.html", context)


@resident_view("may_change")
@require_http_methods(FORM_METHODS)
def consent(request: ResidentRequest, purpose: int) -> HttpResponse:
    """The exact words, and yes or no to them."""
    asked = get_object_or_404(queries.purposes(), pk=purpose)
    wording, now = queries.current_wording(asked), timezone.now()
    form = OwnConsentForm(
        posted(request),
        standing=queries.allowed_by(request.person, [asked]),
        initial={"read_out": wording.pk if wording else None},
    )
    if form.is_valid():
        try:
            operations.record_consents(
                person=request.person,
                purpose=asked,
                acts=form.acts,
                heard=request.visit.heard(now),
                read_out=form.cleaned_data["read_out"],
                by=request.actor,
                at=now,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{asked}: what you said is kept.")
            return redirect("preferences_my:consent_list")
    context = {"form": form, "purpose": asked, "wording": wording}
    return render(request, "residents/preferences/own_consent.html", context)
