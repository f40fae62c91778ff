"""The equality questions, for whoever is signed in: they answer them themselves or not at all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from involvement.auditing.refusals import Refusal
from residents.profiles import operations, queries
from residents.signin.doors import SELF_ALONE, ResidentRequest, resident_view


@resident_view(SELF_ALONE)
@require_http_methods(["GET", "HEAD", "POST"])
def equality(request: ResidentRequest) -> HttpResponse:
    """Why we ask, and the way to the questions, which know nobody's name."""
    refused, version = "", queries.question_set()
    if request.method == "POST":
        try:
            _, token = operations.open_link(
                person=request.person, by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("profiles_public:answer", token)
    context = {"refused": refused, "asked": version is not None}
    return render(request, "residents/profiles/own_equality.html", context)
