"""Groups to reach: who they are, why, the plan, who helps, and what was done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from residents.interests import operations, queries
from residents.interests.forms.groups import GroupForm, NoteForm, PartnerForm
from residents.interests.models import GroupPartner, GroupToReach
from residents.interests.queries.groups import groups_put_away, notes_on, partners_of

FORM_METHODS = ["GET", "HEAD", "POST"]
FIELDS = ("name", "why", "plan", "owner", "review_on")


@landlord_view(Permission.STRATEGY_READ)
@require_safe
def group_list(request: LandlordRequest) -> HttpResponse:
    """The groups you hear from too little, and when something was last done."""
    context = {
        "groups": queries.groups_to_reach(),
        "put_away": groups_put_away(),
        "today": timezone.localdate(),
        "can_change": request.membership.may(Permission.STRATEGY_CHANGE),
    }
    return render(request, "residents/interests/group_list.html", context)


@landlord_view(Permission.STRATEGY_CHANGE)
@require_http_methods(FORM_METHODS)
def group_add(request: LandlordRequest) -> HttpResponse:
    """Add a group to reach."""
    form = GroupForm(posted(request))
    if form.is_valid():
        group = operations.add_group(values=form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, f"“{group}” is among the groups to reach.")
        return redirect("interests:group_detail", group.pk)
    return render(request, "residents/interests/group_form.html", {"form": form, "group": None})


@landlord_view(Permission.STRATEGY_CHANGE)
@require_http_methods(FORM_METHODS)
def group_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change who they are, why, or the plan."""
    group = _group(pk)

    def make(data: Any) -> GroupForm:
        begun = {name: getattr(group, name) for name in FIELDS}
        return GroupForm(data, group=group, initial=begun)

    writing = Writing(request, group, make)
    form = writing.form
    if form.is_valid():
        operations.change_group(
            group=group, values=form.cleaned_data, by=request.actor, at=timezone.now()
        )
        messages.success(request, writing.told("Your changes are kept."))
        return redirect("interests:group_detail", pk)
    context = {"form": form, "group": group, "writing": writing}
    return render(request, "residents/interests/group_form.html", context)


@landlord_view(Permission.STRATEGY_READ)
@require_safe
def group_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One group."""
    return _page(request, _group(pk))


@landlord_view(Permission.STRATEGY_CHANGE)
@require_POST
def group_partner(request: LandlordRequest, pk: int) -> HttpResponse:
    """Add somebody who helps."""
    group = _group(pk)
    form = PartnerForm(request.POST, group=group, prefix="partner")
    if form.is_valid():
        partner = operations.add_partner(
            group=group, values=form.cleaned_data, by=request.actor, at=timezone.now()
        )
        messages.success(request, f"{partner} helps to reach them.")
        return redirect("interests:group_detail", pk)
    return _page(request, group, partner_form=form)


@landlord_view(Permission.STRATEGY_CHANGE)
@require_POST
def partner_end(request: LandlordRequest, pk: int, partner: int) -> HttpResponse:
    """They help no longer."""
    row = get_object_or_404(
        GroupPartner.objects.select_related("group"), pk=partner, group=pk, ended_at__isnull=True
    )
    operations.end_partner(partner=row, by=request.actor, at=timezone.now())
    messages.success(request, f"{row} is off the list.")
    return redirect("interests:group_detail", pk)


@landlord_view(Permission.STRATEGY_CHANGE)
@require_POST
def group_note(request: LandlordRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    group, form = _group(pk), NoteForm(request.POST, prefix="note")
    if form.is_valid():
        operations.note_progress(
            group=group, by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "What was done is written down.")
        return redirect("interests:group_detail", pk)
    return _page(request, group, note_form=form)


@landlord_view(Permission.STRATEGY_CHANGE)
@require_POST
def group_put(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a group away, or bring it back."""
    group, at = _group(pk), timezone.now()
    archived_at = at if group.archived_at is None else None
    operations.put_group(group=group, archived_at=archived_at, by=request.actor, at=at)
    done = "put away" if archived_at else "back in the list"
    messages.success(request, f"“{group}” is {done}.")
    return redirect("interests:group_list")


def _page(request: LandlordRequest, group: GroupToReach, **forms: Any) -> HttpResponse:
    context = {
        "group": group,
        "partners": partners_of(group),
        "notes": notes_on(group)[:50],
        "partner_form": PartnerForm(group=group, prefix="partner"),
        "note_form": NoteForm(prefix="note", initial={"done_on": timezone.localdate()}),
        "can_change": request.membership.may(Permission.STRATEGY_CHANGE),
        "today": timezone.localdate(),
        "history": history_of(group)[:20],
        **forms,
    }
    return render(request, "residents/interests/group_detail.html", context)


def _group(pk: int) -> GroupToReach:
    group: GroupToReach = get_object_or_404(GroupToReach.objects.select_related("owner"), pk=pk)
    return group
