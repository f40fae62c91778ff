from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from residents.people import operations, queries
from residents.people.forms import HomeFilters, HomeForm
from residents.people.models import Home


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def home_list(request: LandlordRequest) -> HttpResponse:
    """The landlord's homes by address, a screenful at a time."""
    form = HomeFilters(request.GET or None)
    narrowed = form.narrowed() if form.is_bound else {}
    asked = request.GET.copy()
    after = "".join(asked.pop("after", [""]))
    context = {
        "form": form,
        "page": queries.home_page(queries.homes_narrowed(**narrowed), after=after),
        "is_set": any(narrowed.values()),
        "began": bool(after),
        "asked": asked.urlencode(),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, "residents/people/home_list.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def home_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One home: who lives there, who did, under which agreements."""
    home = get_object_or_404(queries.home_for_page(pk))
    lived = list(queries.lived_in(home)[:100])
    context = {
        "home": home,
        "now": [row for row in lived if row.ended_on is None],
        "before": [row for row in lived if row.ended_on is not None],
        "tenancies": list(queries.tenancies_of(home)[:50]),
        "history": history_of(home)[:20],
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, "residents/people/home_detail.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
def home_add(request: LandlordRequest) -> HttpResponse:
    """Add a home by hand."""
    form = HomeForm(posted(request))
    if form.is_valid():
        home = operations.add_home(by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"{home} is among the homes.")
        return redirect("people:home_detail", home.pk)
    context = {"form": form, "home": None, "writing": None}
    return render(request, "residents/people/home_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
def home_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change what is known of a home."""
    home = get_object_or_404(queries.home_for_page(pk))
    writing = Writing(
        request, home, lambda data: HomeForm(data, instance=Home.objects.get(pk=home.pk))
    )
    form = writing.form
    if form.is_valid():
        operations.change_home(home=home, by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, writing.told("Your changes are kept."))
        return redirect("people:home_detail", pk)
    context = {"form": form, "home": home, "writing": writing}
    return render(request, "residents/people/home_form.html", context)
