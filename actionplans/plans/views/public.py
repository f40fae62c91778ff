from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.plans import forms, policies
from actionplans.plans.models import Line, PlanVersion
from actionplans.plans.operations import progress as operations
from actionplans.plans.queries import documents, plans, progress
from actionplans.plans.views.answers import sent
from involvement.accounts.doors import LandlordRequest, public_view, token_view
from involvement.auditing.refusals import Refusal


@public_view
@require_safe
def plan_list(request: LandlordRequest) -> HttpResponse:
    """The plans anybody may read."""
    return render(request, "actionplans/plans/public_list.html", {"plans": plans.published_plans()})


@public_view
@require_safe
def plan_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """A published plan as it was frozen, without progress that names somebody."""
    plan = get_object_or_404(plans.published_plans(), pk=pk)
    version = plans.published_version(plan)
    if version is None:
        raise Http404
    return render(
        request,
        "actionplans/plans/public_detail.html",
        {"plan": plan, "version": version, "sections": sections(version)},
    )


@public_view
@require_safe
def plan_pdf(request: LandlordRequest, pk: int) -> HttpResponse:
    """The published plan as a tagged PDF."""
    plan = get_object_or_404(plans.published_plans(), pk=pk)
    version = plans.published_version(plan)
    if version is None:
        raise Http404
    content = documents.version_pdf(version, landlord=request.landlord)
    return documents.as_attachment(
        content, name=f"{plan.title}.pdf", content_type="application/pdf"
    )


def sections(version: PlanVersion) -> list[dict[str, Any]]:
    """Outermost headings with the lines under them, in the state they had when it was frozen."""
    found: list[dict[str, Any]] = []
    today = timezone.localdate(version.frozen_at).isoformat()
    for line in version.content["lines"]:
        if line["depth"] == 0 and line["kind"] == Line.Kind.GROUP:
            found.append({"top": line, "lines": []})
            continue
        if not found:
            found.append({"top": None, "lines": []})
        late = (
            line["due_on"] and line["due_on"] < today and line["state"] not in {"DONE", "STOPPED"}
        )
        found[-1]["lines"].append({**line, "shown": "late" if late else line["state"].lower()})
    return found


@token_view
def update(request: LandlordRequest, token: str) -> HttpResponse:
    """One line for a colleague who never signs in: what it says, and how it goes."""
    now = timezone.now()
    try:
        link = policies.check_link_works(progress.update_link(token), at=now)
    except policies.LinkNoLongerWorks as refusal:
        return render(
            request, "actionplans/plans/update_gone.html", {"refusal": refusal}, status=404
        )
    form = forms.LinkUpdateForm(sent(request))
    done = False
    if form.is_valid():
        try:
            operations.update_by_link(token=token, at=now, **form.cleaned_data)
            done = True
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    note = progress.latest_notes([link.line_id]).get(link.line_id)
    context = {"link": link, "line": link.line, "form": form, "note": note, "done": done}
    return render(request, "actionplans/plans/update.html", context)
