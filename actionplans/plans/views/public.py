from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.plans import forms, policies
from actionplans.plans.operations import progress as operations
from actionplans.plans.queries import documents, going, plans, progress
from involvement.accounts.doors import LandlordRequest, posted, public_view, token_view
from involvement.auditing.refusals import Refusal
from involvement.rendering.documents import Cut

SHOWN_AT_ONCE: Final = 12


@public_view
@require_safe
def plan_list(request: LandlordRequest) -> HttpResponse:
    """The plans anybody may read."""
    return render(request, "actionplans/plans/public_list.html", {"plans": plans.published_plans()})


@public_view
@require_safe
def plan_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """A published plan in the words that were agreed, and how each line is going today.

    Progress that names somebody is left out. A long plan is folded under its headings, unless
    all of it is asked for.
    """
    plan = get_object_or_404(plans.published_plans(), pk=pk)
    version = plans.published_version(plan)
    if version is None:
        raise Http404
    today = timezone.localdate()
    sections = going.sections(version, plan, going.going(plan, today=today))
    parts = [section for section in sections if section.top]
    lines = sum(len(section.lines) for section in sections)
    return render(
        request,
        "actionplans/plans/public_detail.html",
        {
            "plan": plan,
            "version": version,
            "sections": sections,
            "parts": parts,
            "folded": len(parts) > 1 and lines > SHOWN_AT_ONCE and "all" not in request.GET,
            "counts": going.counts(sections),
            "today": today,
        },
    )


@public_view
@require_safe
def plan_pdf(request: LandlordRequest, pk: int, form: str = "pdf") -> HttpResponse:
    """The published plan as a tagged PDF, in ordinary or in large print."""
    plan = get_object_or_404(plans.published_plans(), pk=pk)
    version = plans.published_version(plan)
    if version is None:
        raise Http404
    cut = Cut.LARGE if form == "large-print" else Cut.PAPER
    content = documents.version_pdf(version, landlord=request.landlord, cut=cut)
    return documents.as_attachment(
        content, name=documents.file_name(plan.title, form), content_type="application/pdf"
    )


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
    form = forms.LinkUpdateForm(posted(request))
    # Whoever has the link is told no more than a resident is
    note = progress.latest_notes([link.line_id], leave_out_names=True).get(link.line_id)
    done = False
    if form.is_valid():
        try:
            note = operations.update_by_link(token=token, at=now, **form.cleaned_data)
            done = True
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"link": link, "line": link.line, "form": form, "note": note, "done": done}
    return render(request, "actionplans/plans/update.html", context)
