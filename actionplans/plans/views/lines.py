from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from actionplans.plans import forms, policies
from actionplans.plans.models import Line, NoteEvidence
from actionplans.plans.operations import lines as operations
from actionplans.plans.operations import progress as progress_operations
from actionplans.plans.queries import line_page, lines, pages, progress, smart
from actionplans.plans.queries.references import reference_of
from actionplans.plans.views.plans import plan_or_404
from involvement.accounts.doors import LandlordRequest, landlord_view, posted, posted_files
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.documents.queries import download
from involvement.wiring import panels


def line_or_404(pk: int) -> Line:
    """The line with its plan and what its page names."""
    line = lines.line_by_pk(pk)
    if line is None:
        raise Http404
    return line


@landlord_view(Permission.PLAN_READ)
@require_safe
def line_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """A line with its facts, its news and its whole thread."""
    line = line_or_404(pk)
    path = line_page.path_of(line)
    may = request.membership.may
    may_change = may(Permission.PLAN_CHANGE) and policies.can_change(line.plan)
    checked = smart.with_smart(Line.objects.filter(pk=pk)).order_by("pk").get()
    return render(
        request,
        "actionplans/plans/line_detail.html",
        {
            "line": line,
            "plan": line.plan,
            "path": path,
            "shown": pages.shown_line(line, path, today=timezone.localdate()),
            "reference": reference_of(line, path),
            "targets": line.targets.order_by("position", "pk"),
            "marks": line.year_marks.order_by("column", "position", "pk"),
            "children": line_page.children_of(line, today=timezone.localdate()),
            "notes": progress.notes_of(line)[:50],
            "links": line_page.linked_lines(line),
            "gaps": [] if line.smart_reason or line.finished else smart.gaps_of(checked),
            "history": history_of(line)[:30],
            "panels": panels("plans.line_thread", request, line=line),
            "progress_form": forms.ProgressForm(initial={"version": line.version}),
            "may_update": may(Permission.PLAN_UPDATE) and policies.can_change(line.plan),
            "may_change": may_change,
            "may_trace": may(Permission.FEEDBACK_READ),
            "links_out": progress.open_links(line, timezone.now()) if may_change else (),
            "extra": _extra(line),
        },
    )


def _extra(line: Line) -> list[tuple[str, str]]:
    """The text of the landlord's columns that have no field of ours."""
    headings = {column["key"]: column["heading"] for column in line.plan.columns}
    return [
        (headings.get(key, key) or "Without a heading", str(text))
        for key, text in line.extra.items()
    ]


@landlord_view(Permission.PLAN_CHANGE)
def line_edit(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change what a line says. Who saves second sees what the first changed, and loses nothing."""
    line = line_or_404(pk)

    def make(data: Any) -> forms.LineForm:
        said = line.targets.order_by("position", "pk").values_list("words", flat=True)
        return forms.LineForm(data, initial=forms.line_values(line, said), line=line)

    writing = Writing(request, line, make)
    form = writing.form
    if form.is_valid():
        try:
            _save(request, line, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, writing.told("The line is kept."))
            return redirect("plans:line_detail", pk)
    context = {"form": form, "line": line, "plan": line.plan, "writing": writing}
    return render(request, "actionplans/plans/line_edit.html", context)


def _save(request: LandlordRequest, line: Line, form: forms.LineForm) -> Line:
    values = dict(form.cleaned_data)
    del values["form_key"]
    targets = values.pop("targets")
    return operations.edit_line(
        line=line,
        version=line.version,
        values=values,
        targets=targets,
        by=request.actor,
        at=timezone.now(),
    )


@landlord_view(Permission.PLAN_CHANGE)
def line_add(request: LandlordRequest, pk: int) -> HttpResponse:
    """Add a line to a plan, under the line that `under` names or at the outermost level."""
    plan = plan_or_404(pk)
    under_pk = request.GET.get("under", "")
    under = line_or_404(int(under_pk)) if under_pk.isdigit() else None
    form = forms.LineForm(posted(request))
    if form.is_valid():
        values = dict(form.cleaned_data)
        targets, form_key = values.pop("targets"), values.pop("form_key")
        depth = under.depth + 1 if under else 0
        kind = Line.Kind.ACTION if depth >= len(plan.level_names) - 1 else Line.Kind.GROUP
        try:
            line = operations.add_line(
                plan=plan,
                under=under,
                values=values,
                targets=targets,
                form_key=form_key,
                kind=kind,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{line.heading}” is in the plan.")
            return redirect("plans:line_detail", line.pk)
    level = plan.level_name(under.depth + 1 if under else 0)
    context = {"form": form, "plan": plan, "under": under, "level": level}
    return render(request, "actionplans/plans/line_edit.html", context)


@landlord_view(Permission.PLAN_UPDATE)
def line_progress(request: LandlordRequest, pk: int) -> HttpResponse:
    """Note what has happened; from the plan's table or the line's own page."""
    line = line_or_404(pk)
    form = forms.ProgressForm(
        posted(request), posted_files(request), initial={"version": line.version}
    )
    if form.is_valid():
        try:
            _note(request, line, form)
        except policies.LineChangedMeanwhile:
            form.data = {**request.POST.dict(), "version": line.version}
            form.add_error(
                "status",
                f"Somebody else has set it to “{line.get_status_display()}” meanwhile. Choose how "
                "it stands, and save again.",
            )
        except Refusal as refusal:
            form.add_error("evidence" if request.FILES else "words", str(refusal))
        else:
            messages.success(request, f"Progress on “{line.heading}” is noted.")
            return redirect(back_of(request) or reverse("plans:line_detail", args=[pk]))
    if request.htmx and not form.is_bound:
        context = {"line": line, "progress_form": form, "back": back_of(request)}
        return render(request, "actionplans/plans/parts/progress_row.html", context)
    context = {"line": line, "plan": line.plan, "form": form, "back": back_of(request)}
    context["note"] = progress.latest_notes([line.pk]).get(line.pk)
    return render(request, "actionplans/plans/line_progress.html", context)


def _note(request: LandlordRequest, line: Line, form: forms.ProgressForm) -> None:
    data = dict(form.cleaned_data)
    file = data.pop("evidence")
    progress_operations.record_progress(
        line=line,
        files=[(file.name, file.read())] if file else [],
        by=request.actor,
        at=timezone.now(),
        **data,
    )


def back_of(request: LandlordRequest) -> str:
    """Where the reader came from, if it is one of our own pages."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return back if safe else ""


@landlord_view(Permission.PLAN_READ)
@require_safe
def evidence_file(request: LandlordRequest, pk: int) -> HttpResponse:
    """A file that shows a note of progress to be true."""
    evidence = get_object_or_404(
        NoteEvidence.objects.filter(file__isnull=False).select_related("file").order_by("pk"), pk=pk
    )
    return download(evidence.file)
