"""The resident's own page: a question at a time, and "no" as large as "yes".

The address stays the same from the first question to the last, so that neither a browser's history
nor a server's log tells which way somebody went.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from involvement.accounts.doors import LandlordRequest, token_view
from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.refusals import Refusal
from involvement.questionnaires.answers import Given
from involvement.questionnaires.forms import AnswersForm
from involvement.questionnaires.walking import Step, Walk
from residents.profiles import operations, policies, queries
from residents.profiles.models import EqualityLink


@token_view
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def answer(request: LandlordRequest, token: str) -> HttpResponse:
    """Yes or no, then one question after another. Nothing answered is shown again."""
    link = queries.link_by_token(token)
    version = queries.question_set()
    if link is None or version is None:
        raise Http404
    now = timezone.now()
    try:
        policies.check_is_open(link, at=now)
        policies.check_can_record(link.person, on=timezone.localdate(now))
    except Refusal as refusal:
        return _page(request, closed=str(refusal))
    asked = queries.asked_of(link.person, version, on=timezone.localdate(now))
    act = request.POST.get("act", "")
    if act == "no":
        return _done(request, link)
    walk = Walk(asked, _route(request))
    step = walk.step(request.POST.get("step", ""))
    if act == "begin":
        return _shown(request, link, walk, walk.first())
    if act == "back" and step is not None:
        return _shown(request, link, walk, walk.before(step))
    if act in {"answer", "skip"} and step is not None:
        return _answered(request, link, walk, step, skipped=act == "skip")
    return _page(request, why=asked.why, count=walk.progress(Step(asked.questions[0]))[1])


@sensitive_variables()
def _answered(
    request: LandlordRequest, link: EqualityLink, walk: Walk, step: Step, *, skipped: bool
) -> HttpResponse:
    given: Given | None = None
    if not skipped:
        form = _form(step, request.POST)
        if not form.is_valid():
            return _page(request, form=form, step=step, walk=walk)
        given = form.given().get(step.question.code)
    if given is not None:
        by = Actor(ActorKind.RESIDENT, link.person.name, key=link.person.pk)
        try:
            operations.answer_by_link(
                link=link, given={step.question.code: given}, by=by, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _page(request, form=form, step=step, walk=walk)
    return _shown(request, link, walk, walk.after(step, given))


def _shown(
    request: LandlordRequest, link: EqualityLink, walk: Walk, step: Step | None
) -> HttpResponse:
    """The page of a step; before the first is the start, and after the last the end."""
    if step is None and request.POST.get("act") == "back":
        return _page(request, why=walk.definition.why, count=len(walk.asked()))
    if step is None:
        return _done(request, link)
    return _page(request, form=_form(step, None), step=step, walk=walk)


def _done(request: LandlordRequest, link: EqualityLink) -> HttpResponse:
    by = Actor(ActorKind.RESIDENT, link.person.name, key=link.person.pk)
    operations.close_link(link=link, by=by, at=timezone.now())
    return _page(request, done=True)


def _form(step: Step, data: Any) -> AnswersForm:
    return AnswersForm(data, questions=[step.question], broad=step.is_broad, group=step.group)


def _route(request: LandlordRequest) -> dict[str, tuple[str, ...]]:
    """The answers that the way depends on, as the page carried them: "CONDITION:YES"."""
    found: dict[str, tuple[str, ...]] = {}
    for words in request.POST.getlist("route"):
        code, _, chosen = words.partition(":")
        found[code] = tuple(filter(None, chosen.split(",")))
    return found


def _page(request: LandlordRequest, **context: Any) -> HttpResponse:
    walk: Walk | None = context.get("walk")
    if walk is not None:
        context["place"], context["count"] = walk.progress(context["step"])
        context["route"] = [f"{code}:{','.join(chosen)}" for code, chosen in walk.route.items()]
    form = context.get("form")
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "residents/profiles/answer.html", context, status=status)
