from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.decisions import forms, operations, policies, queries
from actionplans.decisions.models import Decision
from actionplans.feedback.models import Theme
from actionplans.feedback.queries import feedback_in, in_short, quotes_in
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.faces.sorting import Sorting
from involvement.wiring import panels

DECISIONS_BY = {
    "Theme and decision": ("theme__title",),
    "Decided by": ("body__name", "officer__name"),
    "On": ("decided_on",),
    "Result": ("result", "decided_on"),
}


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def decision_list(request: LandlordRequest) -> HttpResponse:
    """Every decision in force, latest first, narrowed by result, group and whether one is due again."""
    form = forms.DecisionFilters(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = queries.narrowed_to(timezone.localdate(), **asked)
    sorting = Sorting.read(request.GET, DECISIONS_BY)
    page = Paginator(sorting.put_in_order(found), 100).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "narrowed": bool(asked), "sorting": sorting}
    context["counts"] = queries.result_counts(found)
    return render(request, "actionplans/decisions/decision_list.html", context)


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def decision_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """A decision with its reasons, what was done about it and who was told."""
    decision = _get(pk)
    may = request.membership.may(Permission.DECISION_RECORD)
    return render(
        request,
        "actionplans/decisions/decision_detail.html",
        {
            "decision": decision,
            "earlier": queries.earlier_than(decision),
            "panels": panels("decisions.decision", request, decision=decision),
            "history": history_of(decision)[:20],
            "today": timezone.localdate(),
            "can_change": may and policies.can_change(decision),
        },
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_record(request: LandlordRequest, theme: int) -> HttpResponse:
    """Record the first decision on a theme."""
    row = get_object_or_404(Theme.objects.select_related("subject").order_by("pk"), pk=theme)
    form = _new_form(request, row)
    if form.is_valid():
        try:
            decision = operations.record_decision(
                theme=row,
                form_token=form.cleaned_data["form_token"],
                by=request.actor,
                at=timezone.now(),
                **form.values,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The decision on “{row}” is recorded. Now tell people.")
            return redirect("decisions:decision_detail", decision.pk)
    return _form_page(
        request, form, theme=row, heading="Record a decision", act="Record the decision"
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_replace(request: LandlordRequest, pk: int) -> HttpResponse:
    """Decide the theme anew; the earlier decision stays readable."""
    decision = _get(pk)
    form = _new_form(request, decision.theme)
    if form.is_valid():
        try:
            later = operations.replace_decision(
                decision=decision,
                form_token=form.cleaned_data["form_token"],
                by=request.actor,
                at=timezone.now(),
                **form.values,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, "The new decision is in force. Everybody is to be told of it."
            )
            return redirect("decisions:decision_detail", later.pk)
    return _form_page(
        request,
        form,
        theme=decision.theme,
        decision=decision,
        heading="Replace the decision",
        act="Put the new decision in force",
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put wording or facts right; whoever saves second sees what the first changed."""
    decision = _get(pk)

    def make(data: Any) -> forms.DecisionForm:
        begun = {name: getattr(decision, name) for name in operations.FIELDS}
        return forms.DecisionForm(data, initial=begun, decision=decision)

    writing = Writing(request, decision, make)
    form = writing.form
    if form.is_valid():
        try:
            operations.change_decision(
                decision=decision,
                seen=decision.version,
                by=request.actor,
                at=timezone.now(),
                **form.values,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("Your changes to the decision are kept."))
            return redirect("decisions:decision_detail", pk)
    return _form_page(
        request,
        form,
        theme=decision.theme,
        decision=decision,
        heading="Change the decision",
        act="Keep the changes",
        writing=writing,
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_minority(request: LandlordRequest, pk: int) -> HttpResponse:
    """Add what those who disagreed wrote, once."""
    decision = _get(pk)
    if decision.minority_view and request.method != "POST":
        raise Http404
    form = forms.MinorityViewForm(posted(request))
    if form.is_valid():
        try:
            operations.add_minority_view(
                decision=decision,
                words=form.cleaned_data["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Their words are kept as they wrote them.")
            return redirect("decisions:decision_detail", pk)
    return _form_page(
        request,
        form,
        theme=decision.theme,
        decision=decision,
        heading="Add the minority’s view",
        act="Keep their words",
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_withdraw(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take back a decision recorded by mistake."""
    decision = _get(pk)
    form = forms.WithdrawForm(posted(request))
    if form.is_valid():
        try:
            operations.withdraw_decision(
                decision=decision,
                because=form.cleaned_data["because"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The decision on “{decision.theme}” is taken back.")
            return redirect("decisions:decision_list")
    return _form_page(
        request,
        form,
        theme=decision.theme,
        decision=decision,
        heading="Take the decision back",
        act="Take it back",
    )


def _get(pk: int) -> Decision:
    return get_object_or_404(
        queries.decisions().select_related("replaced_by").order_by("pk"), pk=pk
    )


def _new_form(request: LandlordRequest, theme: Theme) -> forms.NewDecisionForm:
    return forms.NewDecisionForm(
        posted(request),
        initial=forms.DecisionForm.fresh(),
        theme=theme,
        quotes=len(quotes_in(theme)),
    )


def _form_page(
    request: LandlordRequest,
    form: Any,
    *,
    theme: Theme,
    heading: str,
    act: str,
    decision: Decision | None = None,
    writing: Writing[Any] | None = None,
) -> HttpResponse:
    said, quotes = feedback_in(theme), quotes_in(theme)
    rest = [one for one in said[:20] if " ".join(one.words.split()) not in quotes]
    context = {
        "form": form,
        "theme": theme,
        "decision": decision,
        "heading": heading,
        "act": act,
        "writing": writing,
        "quotes": quotes,
        "short": "" if quotes or "in_short" in form.fields else in_short(theme, list(said)),
        "also": rest[:3],
        "may_change_theme": request.membership.may(Permission.FEEDBACK_CHANGE),
        "said_count": said.count(),
    }
    return render(request, "actionplans/decisions/decision_form.html", context)
