"""What was changed at the landlord, in plain sentences, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing import queries

PAGE = 50


@landlord_view(Permission.AUDIT_READ)
@require_safe
def history(request: LandlordRequest) -> HttpResponse:
    """Every change of every kind, or those whose sentence, record or person has the words asked."""
    wanted = request.GET.get("q", "").strip()
    page = Paginator(queries.changes(wanted), PAGE).get_page(request.GET.get("page"))
    return render(request, "involvement/auditing/changes.html", {"page": page, "wanted": wanted})
