from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actionplans.plans import forms, policies
from actionplans.plans.models import Plan, PlanVersion
from actionplans.plans.operations import planning
from actionplans.plans.queries import (
    choices,
    documents,
    heads,
    lines,
    pages,
    plans,
    standing,
    versions,
)
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.faces.sorting import Sorting
from involvement.wiring import panels


def plan_or_404(pk: int) -> Plan:
    """The plan with what its pages name."""
    plan: Plan = get_object_or_404(
        Plan.objects.select_related("body", "strategy", "carried_from").order_by("pk"), pk=pk
    )
    return plan


PLANS_BY = {
    "Plan": ("title",),
    "State": ("state", "title"),
    "Period": ("starts_on", "period_words", "title"),
    "Lines": ("line_count", "title"),
    "Done": ("done_count", "title"),
    "Late": ("late_count", "title"),
}
LINES_BY = {
    "Line": ("title", "description"),
    "Owner": ("owner_words", "position"),
    "Deadline": ("due_on", "position"),
    "Monitored by": ("monitor_words", "position"),
    "State": ("status", "position"),
    "Progress": ("last_news_at", "position"),
}


@landlord_view(Permission.PLAN_READ)
@require_safe
def plan_list(request: LandlordRequest) -> HttpResponse:
    """Every plan with how it stands."""
    sorting = Sorting.read(request.GET, PLANS_BY)
    found = list(sorting.put_in_order(plans.plans_with_counts(today=timezone.localdate())))
    return render(
        request,
        "actionplans/plans/plan_list.html",
        {
            "plans": found,
            "sorting": sorting,
            "late": sum(plan.late_count for plan in found if not plan.put_away),
            "living": sum(not plan.put_away for plan in found),
            "may_change": request.membership.may(Permission.PLAN_CHANGE),
        },
    )


@landlord_view(Permission.PLAN_READ)
@require_safe
def plan_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """The plan as the table boards know, filtered, a screenful at a time."""
    plan = plan_or_404(pk)
    return render(request, "actionplans/plans/plan_detail.html", plan_context(request, plan))


def plan_context(request: LandlordRequest, plan: Plan, *, editing: Any = None) -> dict[str, Any]:
    """What the plan's table shows; `editing` is a progress form that was sent with errors."""
    now, today = timezone.now(), timezone.localdate()
    form = forms.PlanFilter(request.GET, plan=plan, me=request.membership.staff_id)
    wanted = lines.filtered(
        lines.listed(plan),
        form.chosen,
        now=now,
        today=today,
        year_start_month=request.landlord.year_start_month,
    )
    own, number = heads.heads_of(plan), request.GET.get("page", 1)
    sorting = Sorting.read(request.GET, LINES_BY, names=own.names)
    if sorting.key:
        page, found = pages.flat(sorting.put_in_order(wanted), plan, page=number, today=today)
    else:
        page, found = pages.blocks(wanted, plan, page=number, today=today)
    heads.fill(found, own)
    counts = standing.summary(plan, now=now, today=today)
    opened = request.GET.get("open", "")
    return {
        "plan": plan,
        "form": form,
        "page": page,
        "blocks": found,
        "heads": own,
        "sorting": sorting,
        "counts": counts,
        "sentence": choices.sentence(form.chosen, form.names, page.paginator.count, counts.lines),
        "query": _query(request),
        "open_line": int(opened) if opened.isdigit() else None,
        "progress_form": editing or forms.ProgressForm(),
        "may_change": request.membership.may(Permission.PLAN_CHANGE) and policies.can_change(plan),
        "may_update": request.membership.may(Permission.PLAN_UPDATE) and policies.can_change(plan),
    }


def _query(request: LandlordRequest) -> str:
    """The filter of the address, without the opened row."""
    query = request.GET.copy()
    query.pop("open", None)
    return str(query.urlencode())


@landlord_view(Permission.PLAN_READ)
@require_safe
def plan_about(request: LandlordRequest, pk: int) -> HttpResponse:
    """A plan's own facts: its life, links, versions, history, and what an officer may do next."""
    plan = plan_or_404(pk)
    return render(
        request,
        "actionplans/plans/plan_about.html",
        {
            "plan": plan,
            "counts": standing.summary(plan, now=timezone.now(), today=timezone.localdate()),
            "versions": versions.versions_of(plan),
            "links": plans.plan_links(plan),
            "files": plan.files.defer("table").order_by("-brought_in_at", "-pk"),
            "history": history_of(plan)[:20],
            "panels": panels("plans.plan", request, plan=plan),
            "agree_form": forms.AgreeForm(initial={"agreed_on": timezone.localdate()}),
            "carry_form": forms.CarryForm(),
            "marks_to_place": plan.year_marks.filter(line__isnull=True).count(),
            "may_change": request.membership.may(Permission.PLAN_CHANGE),
            "may_publish": request.membership.may(Permission.PLAN_PUBLISH),
        },
    )


@landlord_view(Permission.PLAN_CHANGE)
def plan_edit(request: LandlordRequest, pk: int = 0) -> HttpResponse:
    """Begin a plan (no `pk`), or change its own facts."""
    plan = plan_or_404(pk) if pk else None

    def make(data: Any) -> forms.PlanForm:
        if plan is None:
            return forms.PlanForm(data)
        form = forms.PlanForm(data, initial={n: getattr(plan, n) for n in planning.PLAN_FIELDS})
        del form.fields["levels"]
        return form

    writing = Writing(request, plan, make)
    form = writing.form
    if form.is_valid():
        try:
            kept = _kept(request, plan, dict(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, writing.told(f"“{kept}” is kept."))
            return redirect("plans:plan_detail" if not plan else "plans:plan_about", kept.pk)
    context = {"form": form, "plan": plan, "writing": writing}
    return render(request, "actionplans/plans/plan_edit.html", context)


def _kept(request: LandlordRequest, plan: Plan | None, values: dict[str, Any]) -> Plan:
    by, at = request.actor, timezone.now()
    levels = values.pop("levels", "").split(",")
    if plan is None:
        return planning.create_plan(values=values, level_names=levels, by=by, at=at)
    return planning.edit_plan(plan=plan, version=plan.version, values=values, by=by, at=at)


@require_POST
@landlord_view(Permission.PLAN_PUBLISH)
def plan_agree(request: LandlordRequest, pk: int) -> HttpResponse:
    """Record that the plan is agreed."""
    plan = plan_or_404(pk)
    form = forms.AgreeForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.warning(request, str(errors[0]))
        return redirect("plans:plan_about", pk)
    try:
        planning.agree_plan(plan=plan, by=request.actor, at=timezone.now(), **form.cleaned_data)
    except policies.NotSmartYet as refusal:
        messages.warning(request, str(refusal))
        return redirect("plans:smart_check", pk)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The plan is agreed, and kept as it stands today.")
    return redirect("plans:plan_about", pk)


@require_POST
@landlord_view(Permission.PLAN_PUBLISH)
def plan_publish(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put the plan before the public."""
    try:
        version = planning.publish_plan(
            plan=plan_or_404(pk),
            by=request.actor,
            at=timezone.now(),
            why=request.POST.get("why", ""),
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Version {version.number} is published. Anybody can read it.")
    return redirect("plans:plan_about", pk)


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def plan_archive(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put the plan away."""
    plan = planning.archive_plan(plan=plan_or_404(pk), by=request.actor, at=timezone.now())
    messages.success(request, f"“{plan}” is archived. It can be read, and nothing in it changed.")
    return redirect("plans:plan_about", pk)


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def plan_carry(request: LandlordRequest, pk: int) -> HttpResponse:
    """Begin the next plan with what is outstanding."""
    plan = plan_or_404(pk)
    form = forms.CarryForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Write the title of the next plan.")
        return redirect("plans:plan_about", pk)
    try:
        new = planning.carry_forward(
            plan=plan,
            title=form.cleaned_data["title"],
            by=request.actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("plans:plan_about", pk)
    messages.success(request, "What is outstanding is carried forward into this plan.")
    return redirect("plans:plan_detail", new.pk)


@landlord_view(Permission.PLAN_READ)
@require_safe
def plan_export(request: LandlordRequest, pk: int, form: str) -> HttpResponse:
    """The plan to take away, in the landlord's own columns."""
    if form not in documents.CONTENT_TYPES:
        raise Http404
    plan = plan_or_404(pk)
    content = documents.write(plan, form, landlord=request.landlord)
    return documents.as_attachment(
        content,
        name=documents.file_name(plan.title, form),
        content_type=documents.CONTENT_TYPES[form],
    )


@landlord_view(Permission.PLAN_READ)
@require_safe
def version_detail(request: LandlordRequest, pk: int, number: int) -> HttpResponse:
    """A frozen version, and how it differs from the one before it."""
    plan = plan_or_404(pk)
    found = PlanVersion.objects.filter(plan=plan, number__in=[number, number - 1]).order_by(
        "number"
    )
    by_number = {version.number: version for version in found}
    if number not in by_number:
        raise Http404
    version, before = by_number[number], by_number.get(number - 1)
    whole = versions.content_checksum(version.content) == version.checksum
    return render(
        request,
        "actionplans/plans/version_detail.html",
        {
            "plan": plan,
            "version": version,
            "before": before,
            "before_words": f"What changed since version {number - 1}",
            "unchanged": whole,
            "differences": versions.differences(before.content, version.content) if before else [],
        },
    )
