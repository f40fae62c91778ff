from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplans.decisions.models import Decision
from actionplans.decisions.queries import decisions
from actionplans.outcomes.queries import outcomes_by_decision
from actionplans.replies import forms, operations, policies, queries, words
from actionplans.replies.due import due_rows
from actionplans.replies.hearers import hearers, not_told
from actionplans.replies.models import Verdict
from actionplans.replies.verdicts import totals
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.delivery.queries import provider_in_use
from involvement.faces.sorting import Sorting

FORM_METHODS = ["GET", "HEAD", "POST"]
# People stand by name within their decision
DUE_BY = {"About": ("theme__title", "told_due_on"), "Due": ("told_due_on",)}


@landlord_view(Permission.REPLY_SEND)
@require_safe
def replies_due(request: LandlordRequest) -> HttpResponse:
    """Who waits for a reply, soonest promised first."""
    today = timezone.localdate()
    late_only = request.GET.get("late") == "1"
    sorting = Sorting.read(request.GET, DUE_BY)
    found = sorting.put_in_order(queries.still_to_tell(today, late_only=late_only))
    page = Paginator(found, 10).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": due_rows(page.object_list, today),
        "sorting": sorting,
        "late_only": late_only,
        "late_count": queries.still_to_tell(today, late_only=True).count(),
        "calls": queries.calls().count(),
        "today": today,
    }
    return render(request, "actionplans/replies/replies_due.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_http_methods(FORM_METHODS)
def tell(request: LandlordRequest, decision: int) -> HttpResponse:
    """Write the one reply to everybody in the theme who has not been told."""
    row = _decision(decision)
    rows = hearers(row)
    changes = outcomes_by_decision([row.pk]).get(row.pk, [])
    begun = {
        "subject": words.suggested_subject(row),
        "words": words.suggested_words(row, changes),
    }
    form = forms.ReplyForm(posted(request), initial=begun)
    if form.is_valid():
        try:
            told = operations.tell_everybody(
                decision=row, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            written = count(len(told), "reply is", "replies are")
            left = words.left_to_do(told, texts_go=provider_in_use("TEXT") is not None)
            messages.success(request, f"{written} on the way. {left}".strip())
            return redirect("decisions:decision_detail", row.pk)
    context = {
        "form": form,
        "decision": row,
        "to_tell": (to_tell := policies.to_tell(rows)),
        "who": words.who(to_tell),
        "said_by_somebody": bool(rows),
        "unreachable": words.unreachable_words(queries.unreachable_count(row.theme_id)),
        "signed": words.signatory(request.landlord, request.actor),
    }
    return render(request, "actionplans/replies/tell.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_http_methods(FORM_METHODS)
def told(request: LandlordRequest, decision: int) -> HttpResponse:
    """“I told them myself”, for one or several."""
    row = _decision(decision)
    waiting = not_told(hearers(row))
    form = forms.ToldForm(posted(request), rows=waiting)
    if form.is_valid():
        data = form.cleaned_data
        try:
            told_now = operations.told_by_hand(
                decision=row,
                keys=data["hearers"],
                channel=Channel(data["channel"]),
                on=data["told_on"],
                note=data["note"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            verb = "know" if len(told_now) > 1 else "knows"
            messages.success(
                request,
                f"Noted: {words.who(told_now)} {verb}." if told_now else "They knew already.",
            )
            return redirect("decisions:decision_detail", row.pk)
    context = {"form": form, "decision": row, "waiting": waiting}
    return render(request, "actionplans/replies/told.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_safe
def calls(request: LandlordRequest) -> HttpResponse:
    """Whom to ring, text or speak to, with what to say."""
    page = Paginator(queries.calls(), 25).get_page(request.GET.get("page"))
    return render(request, "actionplans/replies/calls.html", {"page": page})


@landlord_view(Permission.REPLY_SEND)
@require_POST
def call_done(request: LandlordRequest, pk: int) -> HttpResponse:
    """The call has taken place."""
    message = get_object_or_404(queries.calls(), pk=pk)
    try:
        operations.tick_off(message=message, by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{message.to_name} has been told.")
    return redirect("replies:calls")


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def verdicts(request: LandlordRequest, decision: int) -> HttpResponse:
    """What the people who were told answer to “Did it happen?”."""
    row = _decision(decision)
    context = {
        "decision": row,
        "totals": totals(row.pk),
        "page": Paginator(queries.verdicts_on(row), 100).get_page(request.GET.get("page")),
        "can_key_in": request.membership.may(Permission.REPLY_SEND),
    }
    return render(request, "actionplans/replies/verdicts.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_http_methods(FORM_METHODS)
def verdict_key_in(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take down somebody's answer."""
    verdict = get_object_or_404(
        Verdict.objects.select_related(
            "reply__decision__theme", "reply__person", "reply__feedback__body"
        ).order_by("pk"),
        pk=pk,
    )
    form = forms.KeyedInForm(posted(request))
    if form.is_valid():
        by = resident(verdict, Channel(form.cleaned_data["channel"]), clerk=request.actor.name)
        try:
            operations.answer_question(
                verdict=verdict,
                answer=form.cleaned_data["answer"],
                words=form.cleaned_data["words"],
                by=by,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The answer of {by.name} is taken down.")
            return redirect("replies:verdicts", verdict.reply.decision_id)
    context = {"form": form, "verdict": verdict, "decision": verdict.reply.decision}
    return render(request, "actionplans/replies/verdict_key_in.html", context)


def resident(verdict: Verdict, channel: Channel, *, clerk: str = "") -> Actor:
    """Whoever was asked, as the one who answers."""
    return Actor(
        ActorKind.RESIDENT,
        verdict.whose,
        key=verdict.reply.person_id,
        channel=channel,
        clerk=clerk,
    )


def _decision(pk: int) -> Decision:
    return get_object_or_404(decisions().order_by("pk"), pk=pk)
