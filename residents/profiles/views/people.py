"""For one person: a card keyed in, a link sent, a guardian's consent, an objection."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.addresses import whole_address
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.questionnaires.forms import AnswersForm
from involvement.questionnaires.queries import definition_of
from residents.people.policies import can_be_written_to
from residents.people.queries import people
from residents.profiles import operations, policies, queries
from residents.profiles.forms.asking import ConsentForm


@landlord_view(Permission.EQUALITY_RECORD)
@require_safe
def person_equality(request: LandlordRequest, pk: int) -> HttpResponse:
    """What can be done, and whether anything stands in the way. Never what was answered."""
    person, today = get_object_or_404(people(), pk=pk), timezone.localdate()
    context = {
        "person": person,
        "young": queries.is_young(person, today),
        "consent": queries.standing_consent(person),
        "objection": queries.standing_objection(person),
        "has_questions": queries.question_set() is not None,
        "can_record": policies.can_record(person, on=today),
        "form": ConsentForm(initial={"given_on": today}),
        "reachable": bool(person.email or person.address),
        "is_gone": not can_be_written_to(person),
    }
    return render(request, "residents/profiles/person_equality.html", context)


@landlord_view(Permission.EQUALITY_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def card_key_in(request: LandlordRequest, pk: int) -> HttpResponse:
    """A whole paper card. What it says is not shown again once it is kept."""
    person = get_object_or_404(people(), pk=pk)
    version = queries.question_set()
    if version is None or not policies.can_record(person, on=timezone.localdate()):
        return redirect("profiles:person_equality", pk)
    asked = queries.asked_of(person, version, on=timezone.localdate())
    form = AnswersForm(posted(request), questions=asked.questions, compact=True)
    if form.is_valid():
        try:
            operations.record_card(
                person=person, given=form.given(), by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The card is kept. Nothing on it is shown again.")
            return redirect("profiles:person_equality", pk)
    context = {"person": person, "form": form, "why": definition_of(version).why}
    return render(request, "residents/profiles/card_key_in.html", context)


@landlord_view(Permission.EQUALITY_RECORD)
@require_POST
def link_send(request: LandlordRequest, pk: int) -> HttpResponse:
    """Send the questions by e-mail, or put a letter with their address into the outbox."""
    person = get_object_or_404(people(), pk=pk)
    version = queries.question_set()
    try:
        operations.send_link(
            person=person,
            address_of=partial(whole_address, request.landlord, "profiles_public:answer"),
            why=definition_of(version).why if version else "",
            by=request.actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The questions are on their way to {person.name}.")
    return redirect("profiles:person_equality", pk)


@landlord_view(Permission.EQUALITY_RECORD)
@require_POST
def consent_record(request: LandlordRequest, pk: int) -> HttpResponse:
    """Write down that a parent or guardian agrees."""
    person = get_object_or_404(people(), pk=pk)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        context = {"person": person, "form": form}
        return render(request, "residents/profiles/consent.html", context, status=422)
    operations.record_consent(
        person=person, by=request.actor, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, f"{form.cleaned_data['guardian']}’s consent is written down.")
    return redirect("profiles:person_equality", pk)


@landlord_view(Permission.EQUALITY_RECORD)
@require_POST
def standing_change(request: LandlordRequest, pk: int, act: str) -> HttpResponse:
    """An objection or its lifting, or a consent withdrawn."""
    person = get_object_or_404(people(), pk=pk)
    acts = {
        "object": (
            operations.record_objection,
            "Their objection is written down. Anything they had answered is erased.",
        ),
        "lift": (operations.lift_objection, "Their objection is lifted. They may be asked again."),
        "withdraw": (
            operations.withdraw_consent,
            "The guardian’s consent is withdrawn. Anything that was answered is erased.",
        ),
    }
    if act not in acts:
        raise Http404
    operation, words = acts[act]
    try:
        operation(person=person, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("profiles:person_equality", pk)
