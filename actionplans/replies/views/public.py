from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans.outcomes.queries import outcomes_by_decision
from actionplans.replies import forms, operations, policies
from actionplans.replies.models import Verdict
from actionplans.replies.verdicts import verdict_by_token, verdicts_asked_of
from actionplans.replies.views.desk import resident
from involvement.accounts.doors import LandlordRequest, posted, token_view
from involvement.auditing.actors import Actor, Channel
from involvement.auditing.refusals import Refusal
from residents.signin.doors import ResidentRequest, resident_view


@token_view
@require_http_methods(["GET", "HEAD", "POST"])
def verdict_answer(request: LandlordRequest, token: str) -> HttpResponse:
    """“Did it happen?”: three equal buttons and room for words. Looking at it answers nothing."""
    verdict = verdict_by_token(token)
    if verdict is None:
        raise Http404
    return _answered(
        request,
        verdict,
        by=resident(verdict, Channel.WEB),
        page="actionplans/replies/verdict_answer.html",
    )


@resident_view("may_speak")
@require_http_methods(["GET", "HEAD", "POST"])
def own_verdict_answer(request: ResidentRequest, pk: int) -> HttpResponse:
    """The same question, for whoever is signed in and was asked it, or acts for them."""
    verdict = get_object_or_404(verdicts_asked_of(request.person), pk=pk)
    return _answered(
        request, verdict, by=request.actor, page="actionplans/replies/own_verdict_answer.html"
    )


def _answered(request: LandlordRequest, verdict: Verdict, *, by: Actor, page: str) -> HttpResponse:
    form = forms.AnswerForm(posted(request))
    if form.is_valid():
        try:
            verdict = operations.answer_question(
                verdict=verdict,
                answer=form.cleaned_data["answer"],
                words=form.cleaned_data["words"],
                by=by,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
    decision = verdict.reply.decision
    context = {
        "verdict": verdict,
        "decision": decision,
        "form": form,
        "outcomes": outcomes_by_decision([decision.pk]).get(decision.pk, []),
        "open": policies.can_answer(verdict),
    }
    return render(request, page, context)
