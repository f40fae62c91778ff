"""What did not go or may have gone: read why, and decide, one by one or many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.delivery import forms, operations, queries
from involvement.faces.paging import FirstRows

PAGE = 50
SAID = {
    "retry": ("message is on its way again", "messages are on their way again"),
    "gone": ("message counts as sent", "messages count as sent"),
    "give_up": ("message is given up", "messages are given up"),
}


@landlord_view(Permission.REPLY_SEND)
@require_safe
def stuck_list(request: LandlordRequest) -> HttpResponse:
    """Messages that wait for an officer to decide, with the reason of each."""
    form = forms.StuckFilters(request.GET)
    form.is_valid()
    state = form.cleaned_data.get("state", "")
    pages = FirstRows(queries.stuck(state=state), PAGE, most=queries.MOST_LISTED)
    context = {
        "form": form,
        "state": state,
        "page": pages.get_page(request.GET.get("page")),
        "goes_on": pages.goes_on,
        "all_chosen": "all" in request.GET,
    }
    return render(request, "involvement/delivery/stuck_list.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_POST
def stuck_decide(request: LandlordRequest) -> HttpResponse:
    """Try the ticked ones again, mark them as gone, or give them up."""
    act, state = request.POST.get("act", ""), request.POST.get("state", "")
    back = reverse("delivery:stuck_list") + (f"?{urlencode({'state': state})}" if state else "")
    if act not in SAID:
        messages.error(request, "Choose what is to be done with them.")
        return redirect(back)
    try:
        done, left = operations.decide_many(
            keys=forms.read_chosen(request.POST.getlist("chosen")),
            act=act,
            by=request.actor,
            at=timezone.now(),
        )
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect(back)
    if done:
        messages.success(request, f"{count(done, *SAID[act])}.")
    if left:
        messages.error(
            request,
            f"{count(left, 'message was', 'messages were')} left as they are: somebody was quicker, "
            "or the link in them is forgotten. Open them one by one.",
        )
    return redirect(back)
