"""A resident's first page, for whom they act, and signing out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts.doors import LandlordRequest, posted, public_view
from involvement.faces.words import spelled
from involvement.wiring import panels
from residents.signin import forms, operations, queries
from residents.signin.doors import ANYBODY, ResidentRequest, resident_view, take_cookie
from residents.signin.needing import needs_of

FORM = ["GET", "HEAD", "POST"]
_THEMSELVES = "self"


@resident_view(ANYBODY)
@require_safe
def home(request: ResidentRequest) -> HttpResponse:
    """At most three things that need them, and what became of what they said."""
    now = timezone.now()
    context = {
        "needs": (needs := needs_of(request.visit, timezone.localdate(now))),
        "number": spelled(len(needs)).capitalize(),
        "may_act": bool(request.visit.authority)
        or bool(queries.may_act_for(request.visit.resident, now)),
        "greeting": _greeting(timezone.localtime(now).hour),
        "panels": panels("my.home", request, person=request.person),
    }
    return render(request, "residents/signin/home.html", context)


@resident_view(ANYBODY)
@require_http_methods(FORM)
def whom(request: ResidentRequest) -> HttpResponse:
    """Whose pages to see: their own, or those of somebody for whom they may act."""
    found = {
        str(row.pk): row for row in queries.may_act_for(request.visit.resident, timezone.now())
    }
    rows = [(_THEMSELVES, f"My own: {request.visit.resident.name}")]
    rows += [
        (key, f"{row.person.name}: I may {', '.join(queries.scope_words(row))}")
        for key, row in found.items()
    ]
    form = forms.ActForForm(posted(request), rows=rows)
    if form.is_valid():
        operations.act_for(
            session=request.visit.session,
            authority=found.get(form.cleaned_data["whom"]),
            by=request.actor,
            at=timezone.now(),
        )
        return redirect("signin_my:home")
    return render(request, "residents/signin/whom.html", {"form": form, "some": bool(found)})


@resident_view(ANYBODY)
@require_http_methods(FORM)
def out(request: ResidentRequest) -> HttpResponse:
    """Sign out here, or on every device."""
    visit, now = request.visit, timezone.now()
    if request.method == "POST":
        if request.POST.get("act") == "everywhere":
            operations.end_everywhere(person=visit.resident, by=visit.themselves, at=now)
        else:
            operations.end_session(session=visit.session, by=visit.themselves, at=now)
        return take_cookie(request, redirect("signin_my:gone"))
    others = queries.signed_in_now(visit.resident, now).count() - 1
    return render(request, "residents/signin/out.html", {"others": others})


@public_view
@require_safe
def gone(request: LandlordRequest) -> HttpResponse:
    """That nobody is signed in here any more."""
    return render(request, "residents/signin/gone.html")


def _greeting(hour: int) -> str:
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"
