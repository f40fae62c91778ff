"""The outbox: every message, and one of them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.delivery import forms, operations, policies, queries, sending
from involvement.delivery.letters import LETTER_FORMS, letter_file
from involvement.delivery.models import Message
from involvement.delivery.transports import can_be_asked
from involvement.faces.paging import FirstRows
from involvement.faces.sorting import Sorting
from involvement.rendering.braille import NotAvailable

PAGE = 100
OUTBOX_BY = {
    "To": ("to_name",),
    "About": ("subject", "queued_at"),
    "How": ("channel", "queued_at"),
    "Since": ("queued_at",),
    "State": ("state", "queued_at"),
}


@landlord_view(Permission.REPLY_SEND)
@require_safe
def outbox(request: LandlordRequest) -> HttpResponse:
    """Every message with its state, latest first."""
    form = forms.OutboxFilters(request.GET)
    form.is_valid()
    narrowed = form.cleaned_data
    found = queries.outbox(
        state=narrowed.get("state", ""),
        channel=narrowed.get("channel", ""),
        until=narrowed.get("until"),
    )
    sorting = Sorting.read(request.GET, OUTBOX_BY)
    # The latest are put in another order, so that nobody waits for a million to be sorted
    rows = sorting.put_in_order(queries.latest_of(found)) if sorting.key else found
    pages = FirstRows(rows, PAGE, most=queries.MOST_LISTED)
    in_use = queries.in_use()
    context = {
        "sorting": sorting,
        "page": pages.get_page(request.GET.get("page")),
        "goes_on": pages.goes_on or pages.count == queries.MOST_LISTED,
        "form": form,
        "narrowed": any(narrowed.values()),
        "counts": {counted.state: counted for counted in queries.state_counts()},
        "letters": queries.letters_to_print().count(),
        "in_use": in_use,
        "all_off": "email" not in in_use and queries.providers(Message.Channel.EMAIL).exists(),
        "may_set": request.membership.may(Permission.SETTINGS_CHANGE),
        "now": timezone.now(),
    }
    return render(request, "involvement/delivery/outbox.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def message_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One message; a POST says that it came back."""
    message = _message(pk)
    form = forms.CameBack(posted(request))
    if form.is_valid():
        try:
            operations.report_failure(
                message=message,
                failure=form.cleaned_data["failure"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{message.to_name} counts as not told again.")
            return redirect("delivery:message_detail", pk)
    tries = list(queries.tries_of(message))
    context = {
        "message": message,
        "form": form,
        "tries": tries,
        "can_retry": policies.can_retry(message),
        "can_decide": policies.can_decide(message),
        "can_ask": bool(tries) and can_be_asked(tries[0].provider),
        "history": history_of(message)[:20],
    }
    return render(request, "involvement/delivery/message_detail.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_safe
def message_file(request: LandlordRequest, pk: int, form: str) -> HttpResponse:
    """One letter in a form of its own: to print, to be read aloud, or ready for a Braille printer."""
    message = _message(pk)
    if form not in LETTER_FORMS or message.channel != Message.Channel.POST:
        raise Http404
    try:
        made = letter_file(message, form, landlord=request.landlord, on=timezone.localdate())
    except NotAvailable as missing:
        messages.error(request, f"{missing} Send the text to whoever prints Braille for you.")
        return redirect("delivery:message_detail", pk)
    ending, kind = LETTER_FORMS[form]
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="letter-{pk}.{ending}"'
    return response


@landlord_view(Permission.REPLY_SEND)
@require_POST
def message_retry(request: LandlordRequest, pk: int) -> HttpResponse:
    """Try again what did not go, or may not have gone."""
    return _done(request, pk, operations.retry_message, "It is on its way again.")


@landlord_view(Permission.REPLY_SEND)
@require_POST
def message_gone(request: LandlordRequest, pk: int) -> HttpResponse:
    """It went: somebody knows."""
    return _done(request, pk, operations.mark_gone, "It counts as sent.")


@landlord_view(Permission.REPLY_SEND)
@require_POST
def message_give_up(request: LandlordRequest, pk: int) -> HttpResponse:
    """Nothing more is tried."""
    return _done(request, pk, operations.give_up, "It is given up. Nothing more is tried.")


@landlord_view(Permission.REPLY_SEND)
@require_POST
def message_cancel(request: LandlordRequest, pk: int) -> HttpResponse:
    """It is not to go after all."""
    return _done(request, pk, operations.cancel_message, "It will not go.")


@landlord_view(Permission.REPLY_SEND)
@require_POST
def message_ask(request: LandlordRequest, pk: int) -> HttpResponse:
    """Ask the provider what became of it."""
    try:
        message = sending.ask_after(message=_message(pk), by=request.actor)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The provider was asked. It says: {message.state_words}.")
    return redirect("delivery:message_detail", pk)


def _done(
    request: LandlordRequest, pk: int, act: Callable[..., Message], words: str
) -> HttpResponse:
    try:
        act(message=_message(pk), by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("delivery:message_detail", pk)


def _message(pk: int) -> Message:
    return get_object_or_404(queries.outbox(), pk=pk)
