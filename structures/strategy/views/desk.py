from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from structures.strategy import forms, operations, policies, queries
from structures.strategy.models import Driver, Strategy


@landlord_view(Permission.STRATEGY_READ)
def strategy_list(request: LandlordRequest) -> HttpResponse:
    return render(
        request,
        "structures/strategy/strategy_list.html",
        {
            "strategies": queries.strategies(),
            "can_change": request.membership.may(Permission.STRATEGY_CHANGE),
        },
    )


@landlord_view(Permission.STRATEGY_READ)
def strategy_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(queries.strategy_for_page(), pk=pk)
    may_change = request.membership.may(Permission.STRATEGY_CHANGE)
    return render(
        request,
        "structures/strategy/strategy_detail.html",
        {
            "strategy": strategy,
            "versions": queries.versions_of(strategy),
            "history": history_of(strategy)[:20],
            "today": timezone.localdate(),
            "can_change": may_change and policies.can_change(strategy),
            "can_version": may_change and policies.can_version(strategy),
        },
    )


@landlord_view(Permission.STRATEGY_CHANGE)
def strategy_add(request: LandlordRequest) -> HttpResponse:
    form = forms.Basics(posted(request))
    if form.is_valid():
        strategy = operations.create_strategy(
            by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, f"“{strategy.title}” is begun. Now add its aims and objectives.")
        return redirect("strategy:strategy_detail", strategy.pk)
    return render(
        request,
        "structures/strategy/form.html",
        {
            "form": form,
            "writing": None,
            "heading": "Begin a strategy",
            "act": "Begin the strategy",
            "strategy": None,
        },
    )


@landlord_view(Permission.STRATEGY_CHANGE)
def strategy_edit(request: LandlordRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(Strategy.objects.order_by("pk"), pk=pk)
    kind = forms.Basics if policies.can_change(strategy) else forms.NextReview
    writing = Writing(
        request, strategy, lambda data: kind(data, initial=_begun(strategy, kind.base_fields))
    )
    form = writing.form
    if form.is_valid():
        try:
            operations.change_strategy(
                strategy=strategy, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, writing.told("Your changes are kept."))
            return redirect("strategy:strategy_detail", pk)
    return render(
        request,
        "structures/strategy/form.html",
        {
            "form": form,
            "writing": writing,
            "heading": "Change the strategy",
            "act": "Keep the changes",
            "strategy": strategy,
        },
    )


@landlord_view(Permission.STRATEGY_CHANGE)
def part_edit(request: LandlordRequest, pk: int, kind: str, part: int = 0) -> HttpResponse:
    """Add (no `part`) or change one part of a strategy."""
    strategy = get_object_or_404(Strategy.objects.order_by("pk"), pk=pk)
    about = _kind(kind)
    row: Any = (
        get_object_or_404(about.model._default_manager.filter(strategy=strategy), pk=part)
        if part
        else about.model()
    )

    def make(data: Any) -> forms.PartForm:
        begun = _begun(row, about.form.base_fields) if part else {}
        return about.form(data, initial=begun, strategy=strategy)

    writing = Writing(request, row if part else None, make, within=strategy)
    form = writing.form
    if form.is_valid():
        try:
            operations.save_part(
                strategy=strategy,
                part=row,
                by=request.actor,
                at=timezone.now(),
                values=form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, writing.told(f"The {about.noun} is kept."))
            return redirect("strategy:strategy_detail", pk)
    return render(
        request,
        "structures/strategy/form.html",
        {
            "form": form,
            "writing": writing,
            "heading": f"{'Change the' if part else 'Add a'} {about.noun}".replace(
                "Add a a", "Add an a"
            ).replace("Add a o", "Add an o"),
            "act": f"Keep the {about.noun}",
            "strategy": strategy,
        },
    )


@require_POST
@landlord_view(Permission.STRATEGY_CHANGE)
def part_remove(request: LandlordRequest, pk: int, kind: str, part: int) -> HttpResponse:
    strategy = get_object_or_404(Strategy.objects.order_by("pk"), pk=pk)
    about = _kind(kind)
    row: Any = get_object_or_404(about.model._default_manager.filter(strategy=strategy), pk=part)
    try:
        operations.remove_part(strategy=strategy, part=row, by=request.actor, at=timezone.now())
        messages.success(request, f"The {about.noun} is taken out.")
    except ProtectedError:
        messages.error(request, f"Something points at this {about.noun}. Point it elsewhere first.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("strategy:strategy_detail", pk)


@require_POST
@landlord_view(Permission.STRATEGY_CHANGE)
def strategy_agree(request: LandlordRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(Strategy.objects.order_by("pk"), pk=pk)
    try:
        operations.agree_strategy(strategy=strategy, by=request.actor, at=timezone.now())
        messages.success(request, "The strategy is agreed. The public page shows it now.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("strategy:strategy_detail", pk)


@require_POST
@landlord_view(Permission.STRATEGY_CHANGE)
def strategy_version(request: LandlordRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(Strategy.objects.order_by("pk"), pk=pk)
    try:
        draft = operations.start_new_version(strategy=strategy, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("strategy:strategy_detail", pk)
    messages.success(request, f"Version {draft.version} is begun as a draft.")
    return redirect("strategy:strategy_detail", draft.pk)


@landlord_view(Permission.STRATEGY_READ)
def driver_list(request: LandlordRequest) -> HttpResponse:
    return render(
        request,
        "structures/strategy/driver_list.html",
        {
            "drivers": queries.driver_library(),
            "can_change": request.membership.may(Permission.STRATEGY_CHANGE),
        },
    )


@landlord_view(Permission.STRATEGY_CHANGE)
def driver_edit(request: LandlordRequest, pk: int = 0) -> HttpResponse:
    """Add (no `pk`) or change a driver of the library."""
    driver = get_object_or_404(Driver.objects.order_by("pk"), pk=pk) if pk else Driver()

    def make(data: Any) -> forms.DriverForm:
        begun = _begun(driver, forms.DriverForm.base_fields) if pk else {}
        return forms.DriverForm(data, initial=begun)

    writing = Writing(request, driver if pk else None, make)
    form = writing.form
    if form.is_valid():
        operations.save_driver(
            driver=driver, by=request.actor, at=timezone.now(), values=form.cleaned_data
        )
        messages.success(request, writing.told("The driver is kept in the library."))
        return redirect("strategy:driver_list")
    return render(
        request,
        "structures/strategy/form.html",
        {
            "form": form,
            "writing": writing,
            "heading": "Change the driver" if pk else "Add a driver",
            "act": "Keep the driver",
            "strategy": None,
        },
    )


@require_POST
@landlord_view(Permission.STRATEGY_CHANGE)
def driver_archive(request: LandlordRequest, pk: int) -> HttpResponse:
    driver = get_object_or_404(Driver.objects.order_by("pk"), pk=pk)
    operations.archive_driver(driver=driver, by=request.actor, at=timezone.now())
    messages.success(request, f"“{driver.title}” is out of the library.")
    return redirect("strategy:driver_list")


def _begun(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _kind(kind: str) -> forms.PartKind:
    if kind not in forms.PARTS:
        raise Http404
    return forms.PARTS[kind]
