"""Who has not taken part for so many months."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from residents.interests.forms.uninvolved import UninvolvedFilters
from residents.interests.queries.uninvolved import (
    last_took_part,
    months_before,
    uninvolved_since,
)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def uninvolved(request: LandlordRequest) -> HttpResponse:
    """Residents who took part in nothing lately, those first who said they would like to."""
    usual = request.landlord.uninvolved_months
    form = UninvolvedFilters(request.GET, usual=usual)
    form.is_valid()
    months = form.cleaned_data.get("months") or usual
    interested = form.cleaned_data.get("who") != "all"
    since = months_before(timezone.localdate(), months)
    found = uninvolved_since(since, interested_only=interested)
    page = Paginator(found, 100).get_page(request.GET.get("page"))
    last = last_took_part(list(page.object_list))
    context = {
        "page": page,
        "rows": [(person, last.get(person.pk)) for person in page],
        "form": form,
        "months": months,
        "interested": interested,
        "since": since,
    }
    return render(request, "residents/interests/uninvolved.html", context)
