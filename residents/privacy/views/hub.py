from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.models import ViewLogEntry
from residents.people.models import Person
from residents.privacy.forms.desk import LookFilters
from residents.privacy.kinds import kinds
from residents.privacy.queries import complaints, erasures, holds, looks, requests

MOST_SETTLED = 200


@landlord_view(Permission.PEOPLE_CHANGE)
@require_safe
def hub(request: LandlordRequest) -> HttpResponse:
    """What people asked about their own data, and what is promised to all of them."""
    today = timezone.localdate()
    labels = {kind.key: kind.label for kind in kinds()}
    return render(
        request,
        "residents/privacy/hub.html",
        {
            "today": today,
            "requests": list(requests.under_way()[:50]),
            "complaints": list(complaints.unanswered()[:50]),
            "erasures": list(erasures.waiting()[:50]),
            "holds": [(hold, labels.get(hold.kind, "")) for hold in holds.in_force(today)[:50]],
            "late": requests.late(today) + complaints.late_to_acknowledge(today),
            "can_manage": request.membership.may(Permission.PRIVACY_MANAGE),
            "can_erase": request.membership.may(Permission.PEOPLE_ERASE),
            "can_merge": request.membership.may(Permission.PEOPLE_MERGE),
        },
    )


@landlord_view(Permission.PEOPLE_CHANGE)
@require_safe
def settled(request: LandlordRequest) -> HttpResponse:
    """What was answered: packs, complaints, receipts of erasing."""
    context = {
        "requests": list(requests.settled()[:MOST_SETTLED]),
        "complaints": list(complaints.answered()[:MOST_SETTLED]),
        "erasures": list(erasures.settled()[:MOST_SETTLED]),
        "most": MOST_SETTLED,
    }
    return render(request, "residents/privacy/settled.html", context)


@landlord_view(Permission.PRIVACY_MANAGE)
@require_safe
def look_list(request: LandlordRequest) -> HttpResponse:
    """Who looked at, or took out, what is kept about people."""
    form = LookFilters(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    page = Paginator(looks.narrowed(**asked), 100).get_page(request.GET.get("page"))
    names = _names(list(page))
    rows = [(look, names.get(look.record_id or 0, "")) for look in page]
    context = {"page": page, "rows": rows, "form": form, "asked": asked}
    return render(request, "residents/privacy/look_list.html", context)


def _names(looks: list[ViewLogEntry]) -> dict[int, str]:
    """What the people looked at are called now."""
    keys = {look.record_id for look in looks if look.record_kind == "residents.person"}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
