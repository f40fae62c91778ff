from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from involvement.accounts.doors import LandlordRequest, public_view
from structures.strategy import queries


@public_view
def strategy(request: LandlordRequest) -> HttpResponse:
    """The agreed strategy, for anybody."""
    return render(request, "structures/strategy/public.html", {"strategy": queries.in_force()})
