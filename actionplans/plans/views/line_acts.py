from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.plans import forms, policies
from actionplans.plans.models import Line, LineLink, ProgressNote, UpdateLink
from actionplans.plans.operations import deadlines, ties
from actionplans.plans.operations import lines as operations
from actionplans.plans.operations import progress as progress_operations
from actionplans.plans.queries import reading
from actionplans.plans.views.lines import back_of, line_or_404
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal


@landlord_view(Permission.PLAN_CHANGE)
def line_settle(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say what the words of a deadline mean."""
    line = line_or_404(pk)
    names = ("starts_on", "due_on", "repeats", "open_ended")
    writing = Writing(
        request,
        line,
        lambda data: forms.DeadlineForm(data, initial={n: getattr(line, n) for n in names}),
    )
    form = writing.form
    if form.is_valid():
        try:
            deadlines.settle_deadline(
                line=line,
                version=line.version,
                by=request.actor,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            done = writing.told(f"The deadline of “{line.heading}” is settled.")
            messages.success(request, done)
            return redirect(back_of(request) or reverse("plans:line_detail", args=[pk]))
    context = {"form": form, "line": line, "plan": line.plan, "back": back_of(request)}
    context["writing"] = writing
    context["several"] = reading.deadlines_in(line.deadline_words)
    return render(request, "actionplans/plans/line_settle.html", context)


@landlord_view(Permission.PLAN_CHANGE)
def line_split(request: LandlordRequest, pk: int) -> HttpResponse:
    """Split a line into parts, each with its own deadline."""
    line = line_or_404(pk)
    targets = list(line.targets.order_by("position", "pk").values_list("words", flat=True))
    form = forms.SplitForm(posted(request), initial=forms.split_values(line, targets))
    if form.is_valid():
        try:
            deadlines.split_line(
                line=line,
                version=form.cleaned_data["version"],
                parts=form.parts,
                by=request.actor,
                at=timezone.now(),
            )
        except policies.LineChangedMeanwhile as refusal:
            line = _as_it_is_now(request, refusal, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{line.heading}” now has parts of its own.")
            return redirect(back_of(request) or reverse("plans:line_detail", args=[pk]))
    context = {"form": form, "line": line, "plan": line.plan, "targets": targets}
    context["back"] = back_of(request)
    return render(request, "actionplans/plans/line_split.html", context)


def _as_it_is_now(
    request: LandlordRequest, refusal: policies.LineChangedMeanwhile, form: Form
) -> Line:
    """The line somebody else changed; the form keeps what was written and may be sent again."""
    form.data = {**request.POST.dict(), "version": str(refusal.theirs.version)}
    form.add_error(
        None,
        "Somebody else changed this line while you were writing. It is shown here as it is now; "
        "check what you wrote, and save it again.",
    )
    return line_or_404(refusal.theirs.pk)


@landlord_view(Permission.PLAN_CHANGE)
def line_move(request: LandlordRequest, pk: int) -> HttpResponse:
    """Move a line with everything under it."""
    line = line_or_404(pk)
    form = forms.MoveForm(posted(request), line=line)
    if form.is_valid():
        under, after = form.cleaned_data["under"], form.cleaned_data["after"]
        try:
            operations.move_line(
                line=line, under=under, after=after, by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{line.heading}” is moved.")
            return redirect("plans:line_detail", pk)
    return render(
        request, "actionplans/plans/line_move.html", {"form": form, "line": line, "plan": line.plan}
    )


@landlord_view(Permission.PLAN_CHANGE)
def line_delete(request: LandlordRequest, pk: int) -> HttpResponse:
    """Delete a line that has no history, with the reason; of another say why it cannot be."""
    line = line_or_404(pk)
    form = forms.ReasonForm(posted(request))
    try:
        policies.check_is_spare(line)
    except Refusal as refusal:
        return render(
            request,
            "actionplans/plans/line_delete.html",
            {"line": line, "plan": line.plan, "refusal": refusal},
        )
    if form.is_valid():
        try:
            plan = operations.delete_line(
                line=line, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The line is deleted; the reason is kept with the plan.")
            return redirect("plans:plan_detail", plan.pk)
    return render(
        request,
        "actionplans/plans/line_delete.html",
        {"form": form, "line": line, "plan": line.plan},
    )


@landlord_view(Permission.PLAN_CHANGE)
def line_link(request: LandlordRequest, pk: int) -> HttpResponse:
    """Link a line with another that shares its progress or hangs together with it."""
    line = line_or_404(pk)
    form = forms.LinkForm(posted(request), line=line)
    if form.is_valid():
        try:
            ties.link_lines(line=line, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The two lines are linked.")
            return redirect("plans:line_detail", pk)
    return render(
        request, "actionplans/plans/line_link.html", {"form": form, "line": line, "plan": line.plan}
    )


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def line_unlink(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take a link away."""
    link = get_object_or_404(
        LineLink.objects.select_related("line__plan", "other").order_by("pk"), pk=pk
    )
    try:
        ties.unlink_lines(link=link, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The link is taken away.")
    return redirect("plans:line_detail", link.line_id)


@landlord_view(Permission.PLAN_CHANGE)
def line_send_link(request: LandlordRequest, pk: int) -> HttpResponse:
    """E-mail a colleague a link to update this one line."""
    line = line_or_404(pk)
    owner = (
        line.owners.filter(staff__isnull=False)
        .exclude(staff__email="")
        .exclude(staff=request.membership.staff_id)
        .select_related("staff")
        .order_by("position", "pk")
        .first()
    )
    initial = (
        {"name": owner.staff.name, "email": owner.staff.email} if owner and owner.staff else {}
    )
    form = forms.SendLinkForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            progress_operations.send_update_link(
                line=line,
                url_of=lambda token: request.build_absolute_uri(
                    reverse("plans_public:update", args=[token])
                ),
                by=request.actor,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The link goes to {form.cleaned_data['email']}.")
            return redirect("plans:line_detail", pk)
    links = UpdateLink.objects.filter(line=line).order_by("-sent_at", "-pk")
    context = {"form": form, "line": line, "plan": line.plan, "sent": links, "now": timezone.now()}
    return render(request, "actionplans/plans/line_send_link.html", context)


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def update_link_withdraw(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    link = get_object_or_404(UpdateLink.objects.select_related("line__plan").order_by("pk"), pk=pk)
    progress_operations.withdraw_update_link(link=link, by=request.actor, at=timezone.now())
    messages.success(request, f"The link sent to {link.name} opens nothing from now on.")
    return redirect("plans:line_send_link", link.line_id)


@landlord_view(Permission.PLAN_UPDATE)
@require_POST
def note_mark(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say that a note names somebody, or nobody."""
    note = get_object_or_404(ProgressNote.objects.select_related("line"), pk=pk)
    names = request.POST.get("names") == "yes"
    try:
        progress_operations.mark_note(
            note=note, names_somebody=names, by=request.actor, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        read_by = "Only staff read that note now." if names else "Anybody may read that note now."
        messages.success(request, read_by)
    return redirect("plans:line_detail", note.line_id)
