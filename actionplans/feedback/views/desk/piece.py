"""One piece of feedback: what was said, by whom, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actionplans.feedback import operations, policies, queries
from actionplans.feedback.forms.log import IntoTheme, NoteAndThank
from actionplans.feedback.forms.piece import About, Correction
from actionplans.feedback.models import Feedback
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.wiring import panels


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def feedback_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """The words, the speaker, the thread so far, and what may belong with it."""
    feedback = _get(pk)
    may_change = request.membership.may(Permission.FEEDBACK_CHANGE)
    is_open = feedback.state == Feedback.State.OPEN
    return render(
        request,
        "actionplans/feedback/feedback_detail.html",
        {
            "feedback": feedback,
            "themes": queries.themes_of(feedback),
            "panels": panels("feedback.thread", request, feedback=feedback),
            "likely": queries.likely_themes(feedback) if may_change and is_open else [],
            "history": history_of(feedback)[:20],
            "days": feedback.days_since_said(timezone.localdate()),
            "note": NoteAndThank(),
            "into": IntoTheme(),
            "can_change": may_change,
            "can_reopen": may_change and policies.can_reopen(feedback),
            "can_see_person": request.membership.may(Permission.PEOPLE_READ),
        },
    )


@landlord_view(Permission.FEEDBACK_CHANGE)
def feedback_correct(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put right how the words were written down."""
    feedback = _get(pk)
    writing = Writing(
        request, feedback, lambda data: Correction(data, initial={"words": feedback.words})
    )
    form = writing.form
    if form.is_valid():
        operations.correct_words(
            feedback=feedback,
            words=form.cleaned_data["words"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, writing.told("The words are put right. The first ones are kept."))
        return redirect("feedback:feedback_detail", pk)
    context = {"form": form, "feedback": feedback, "writing": writing}
    return render(request, "actionplans/feedback/feedback_correct.html", context)


@landlord_view(Permission.FEEDBACK_CHANGE)
def feedback_about(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say who said it, what it is about and who looks after it."""
    feedback = _get(pk)
    writing = Writing(
        request, feedback, lambda data: About(data, initial=About.initial_of(feedback))
    )
    form = writing.form
    if form.is_valid():
        try:
            operations.change_about(
                feedback=feedback, by=request.actor, at=timezone.now(), **form.about
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, writing.told("Your changes are kept."))
            return redirect("feedback:feedback_detail", pk)
    context = {"form": form, "feedback": feedback, "writing": writing}
    return render(request, "actionplans/feedback/feedback_about.html", context)


@require_POST
@landlord_view(Permission.FEEDBACK_CHANGE)
def feedback_reopen(request: LandlordRequest, pk: int) -> HttpResponse:
    """Open again what was noted and thanked."""
    try:
        operations.reopen(feedback=_get(pk), by=request.actor, at=timezone.now())
        messages.success(request, "It is open again and waits for a decision.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("feedback:feedback_detail", pk)


def _get(pk: int) -> Feedback:
    return get_object_or_404(queries.feedback_with_speakers().order_by("pk"), pk=pk)
