"""Whoever would like to take part: the queue, one of them, and the answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Channel
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.faces.sorting import Sorting
from residents.eligibility.policies import RulesStandInTheWay
from residents.interests import operations, policies, queries, words
from residents.interests.forms.expressions import AnswerForm, ExpressionForm, OwnerForm
from residents.interests.models import Expression
from residents.interests.operations.expressions import GOES_BY_ITSELF
from residents.interests.queries.expressions import answered_expressions, clock_of
from residents.people.operations import person_reached
from residents.preferences.queries import channel_for, formats_for, needs_of

FORM_METHODS = ["GET", "HEAD", "POST"]


QUEUE_BY = {
    "Who": ("person__name_sort",),
    "Looked after by": ("owner__name",),
    "Answer": ("due_on",),
}


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def queue(request: LandlordRequest) -> HttpResponse:
    """Who waits for an answer, soonest promised first; or who has one."""
    answered = request.GET.get("answered") == "1"
    today = timezone.localdate()
    found = answered_expressions() if answered else queries.open_expressions()
    sorting = Sorting.read(request.GET, QUEUE_BY)
    page = Paginator(sorting.put_in_order(found), 50).get_page(request.GET.get("page"))
    context = {
        "sorting": sorting,
        "page": page,
        "rows": [(row, clock_of(row, today)) for row in page],
        "answered": answered,
        "open_count": queries.open_count(),
        "late_count": queries.late_count(today),
    }
    return render(request, "residents/interests/queue.html", context)


@landlord_view(Permission.DESK_OPEN)
@require_http_methods(FORM_METHODS)
def expression_record(request: LandlordRequest) -> HttpResponse:
    """Any member of staff writes down that somebody would like to take part."""
    may_read = request.membership.may(Permission.PEOPLE_READ)
    begun = {"token": uuid.uuid4(), "who": request.GET.get("who", "")}
    form = ExpressionForm(posted(request), may_read=may_read, initial=begun)
    if form.is_valid():
        try:
            row = _express(request, form)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            promised = f"We promise an answer by {row.due_on:%-d %B %Y}."
            messages.success(request, f"{row.person} would like to take part. {promised}")
            if may_read:
                return redirect("interests:expression_detail", row.pk)
            return redirect("interests:expression_record")
    return render(request, "residents/interests/expression_record.html", {"form": form})


@landlord_view(Permission.PEOPLE_READ)
@require_http_methods(FORM_METHODS)
def expression_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """What one person said, how long they have waited, and the answer."""
    row = _expression(pk)
    may_answer = request.membership.may(Permission.REPLY_SEND) and policies.can_answer(row)
    form = AnswerForm(
        posted(request) if may_answer else None,
        sends=_sends(row),
        initial={"words": words.suggested_words(row)},
    )
    if form.is_valid():
        try:
            _answer(request, row, form.cleaned_data)
        except RulesStandInTheWay as refused:
            form.ask_why_all_the_same(refused)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{row.person} has an answer.")
            return redirect("interests:expression_detail", pk)
    context = {
        "row": row,
        "clock": clock_of(row, timezone.localdate()),
        "form": form if may_answer else None,
        "owner_form": OwnerForm(initial={"owner": row.owner}),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
        "needs": needs_of(row.person),
        "history": history_of(row)[:20],
    }
    return render(request, "residents/interests/expression_detail.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def expression_owner(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say who looks after it."""
    row, form = _expression(pk), OwnerForm(request.POST)
    if form.is_valid():
        owner = form.cleaned_data["owner"]
        operations.take_up(expression=row, owner=owner, by=request.actor, at=timezone.now())
        who = f"{owner} looks after it." if owner else "Nobody looks after it now."
        messages.success(request, who)
    else:
        messages.error(request, "Choose somebody from the list.")
    return redirect("interests:expression_detail", pk)


@transaction.atomic
def _express(request: LandlordRequest, form: ExpressionForm) -> Expression:
    data, at = form.cleaned_data, timezone.now()
    person = data["person"] or person_reached(
        name=data["who"], contact=data["contact"], by=request.actor, at=at
    )
    return operations.express(
        person=person,
        wishes=form.wishes,
        said=data["said"],
        heard=form.heard,
        owner=data["owner"],
        form_token=data["token"],
        by=request.actor,
        at=at,
    )


def _answer(request: LandlordRequest, row: Expression, data: dict[str, Any]) -> Expression:
    return operations.answer_expression(
        expression=row,
        accepted=data["decision"] == "yes",
        reason=data["reason"] if data["decision"] == "no" else "",
        told=data["words"],
        subject=words.suggested_subject(),
        by_hand=data["how"] == "hand",
        joins=data.get("joins"),
        in_spite=data["in_spite"],
        by=request.actor,
        at=timezone.now(),
    )


def _sends(row: Expression) -> str:
    """How an answer would go by itself, in words; "" where somebody has to tell them."""
    channel = channel_for(row.person)
    if channel not in GOES_BY_ITSELF:
        return ""
    formats = formats_for(row.person)
    what = "Send it by e-mail" if channel == Channel.EMAIL else "Print it as a letter"
    return f"{what}, in the formats they asked for" if formats else what


def _expression(pk: int) -> Expression:
    return get_object_or_404(queries.expressions().order_by("pk"), pk=pk)
