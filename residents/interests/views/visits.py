"""Visits to new tenants: those still to make, oldest first, and what came of each."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.faces.sorting import Sorting
from residents.interests import operations, queries
from residents.interests.forms.visits import AsideForm, DueForm, MadeForm, PackForm
from residents.interests.models import TenancyVisit
from residents.interests.queries.visits import overdue_count, visits, visits_shown
from residents.people.operations import person_reached

FORM_METHODS = ["GET", "HEAD", "POST"]


VISITS_BY = {
    "Who": ("person__name_sort",),
    "Tenancy began": ("tenancy_began_on",),
    "Pack": ("pack_sent_on",),
    "Visit": ("due_on",),
}


@landlord_view(Permission.PEOPLE_READ)
@require_http_methods(FORM_METHODS)
def visit_list(request: LandlordRequest) -> HttpResponse:
    """The visits not yet made, the longest due first; a POST puts another on the list."""
    can_change = request.membership.may(Permission.PEOPLE_CHANGE)
    form = DueForm(posted(request) if can_change else None)
    if form.is_valid():
        visit = _due(request, form)
        messages.success(request, f"A visit to {visit.person} is due on {visit.due_on:%-d %B %Y}.")
        return redirect("interests:visit_list")
    asked = request.GET.get("show", "")
    shown = asked if asked in {"made", "aside", "all"} else ""
    today = timezone.localdate()
    sorting = Sorting.read(request.GET, VISITS_BY)
    context = {
        "sorting": sorting,
        "page": Paginator(sorting.put_in_order(visits_shown(shown)), 50).get_page(
            request.GET.get("page")
        ),
        "shown": shown,
        "waiting": queries.visits_to_make().count(),
        "overdue": overdue_count(today),
        "today": today,
        "form": form,
        "can_change": can_change,
    }
    return render(request, "residents/interests/visit_list.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_http_methods(FORM_METHODS)
def visit_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One visit; a POST says that it was made."""
    visit = _visit(pk)
    can_change = request.membership.may(Permission.PEOPLE_CHANGE) and visit.made_on is None
    begun = {"made_on": timezone.localdate(), "officer": request.membership.staff_id}
    form = MadeForm(posted(request) if can_change else None, initial=begun)
    if form.is_valid():
        data = form.cleaned_data
        try:
            operations.make_visit(
                visit=visit,
                on=data["made_on"],
                officer=data["officer"],
                discussed=data["discussed"],
                methods=tuple(data["talked_about"]),
                wishes=form.wishes,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The visit to {visit.person} is recorded.")
            return redirect("interests:visit_detail", pk)
    context = {
        "visit": visit,
        "late": visit.is_late(timezone.localdate()),
        "form": form if can_change else None,
        "pack_form": PackForm(initial={"sent_on": timezone.localdate()}),
        "aside_form": AsideForm(),
        "can_change": can_change,
        "history": history_of(visit)[:20],
    }
    return render(request, "residents/interests/visit_detail.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def visit_pack(request: LandlordRequest, pk: int) -> HttpResponse:
    """The welcome pack went."""
    visit, form = _visit(pk), PackForm(request.POST)
    if form.is_valid():
        on = form.cleaned_data["sent_on"]
        operations.send_pack(visit=visit, on=on, by=request.actor, at=timezone.now())
        messages.success(request, f"The pack went on {on:%-d %B %Y}.")
    else:
        messages.error(request, str(form.errors["sent_on"][0]))
    return redirect("interests:visit_detail", pk)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def visit_aside(request: LandlordRequest, pk: int) -> HttpResponse:
    """No visit is made, and why; or it is put back on the list."""
    visit, form = _visit(pk), AsideForm(request.POST)
    back = "back" in request.POST
    if not back and not form.is_valid():
        messages.error(request, str(form.errors["why"][0]))
        return redirect("interests:visit_detail", pk)
    try:
        operations.set_aside(
            visit=visit,
            why="" if back else form.cleaned_data["why"],
            by=request.actor,
            at=timezone.now(),
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is on the list again." if back else "It is set aside.")
    return redirect("interests:visit_detail", pk)


@transaction.atomic
def _due(request: LandlordRequest, form: DueForm) -> TenancyVisit:
    data, at = form.cleaned_data, timezone.now()
    person = data["person"] or person_reached(
        name=data["who"], contact=data["contact"], by=request.actor, at=at
    )
    return operations.due_visit(
        person=person, tenancy_began_on=data["tenancy_began_on"], by=request.actor, at=at
    )


def _visit(pk: int) -> TenancyVisit:
    return get_object_or_404(visits().order_by("pk"), pk=pk)
