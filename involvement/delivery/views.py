from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.delivery import forms, operations, queries
from involvement.delivery.letters import LETTER_FORMS, MOST_LETTERS, letter_file, letters_pdf
from involvement.delivery.models import LetterBatch, Message
from involvement.documents.queries import download
from involvement.faces.sorting import Sorting
from involvement.rendering.braille import NotAvailable

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
    """Every message with its state, latest first; what did not go can be tried again."""
    form = forms.OutboxFilters(request.GET)
    form.is_valid()
    found = queries.outbox(
        state=form.cleaned_data.get("state", ""), channel=form.cleaned_data.get("channel", "")
    )
    sorting = Sorting.read(request.GET, OUTBOX_BY)
    context = {
        "sorting": sorting,
        "page": Paginator(sorting.put_in_order(found), 100).get_page(request.GET.get("page")),
        "form": form,
        "counts": queries.state_counts(),
        "letters": queries.letters_to_print().count(),
    }
    return render(request, "involvement/delivery/outbox.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def message_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One message; a POST says that it came back."""
    message = _message(pk)
    form = forms.CameBack(posted(request))
    if form.is_valid():
        operations.report_failure(
            message=message,
            failure=form.cleaned_data["failure"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, f"{message.to_name} counts as not told again.")
        return redirect("delivery:message_detail", pk)
    context = {"message": message, "form": form, "history": history_of(message)[:20]}
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
    """Try again what did not go."""
    try:
        operations.retry_message(message=_message(pk), by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is on its way again.")
    return redirect("delivery:message_detail", pk)


@landlord_view(Permission.REPLY_SEND)
@require_POST
def message_cancel(request: LandlordRequest, pk: int) -> HttpResponse:
    """It is not to go after all."""
    try:
        operations.cancel_message(message=_message(pk), by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It will not go.")
    return redirect("delivery:message_detail", pk)


@landlord_view(Permission.REPLY_SEND)
@require_safe
def letters(request: LandlordRequest) -> HttpResponse:
    """Letters that wait to be printed, and the batches that were."""
    waiting = queries.letters_to_print()
    context = {
        "waiting": waiting[:MOST_LETTERS],
        "waiting_count": waiting.count(),
        "most": MOST_LETTERS,
        "page": Paginator(queries.batches(), 50).get_page(request.GET.get("page")),
    }
    return render(request, "involvement/delivery/letters.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_POST
def letters_print(request: LandlordRequest) -> HttpResponse:
    """Make the oldest waiting letters into one PDF."""
    waiting = list(queries.letters_to_print()[:MOST_LETTERS])
    try:
        pdf = (
            letters_pdf(waiting, landlord=request.landlord, on=timezone.localdate())
            if waiting
            else b""
        )
        batch = operations.make_letter_batch(
            pdf=pdf, letters=waiting, by=request.actor, at=timezone.now()
        )
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("delivery:letters")
    messages.success(
        request,
        f"{count(len(waiting), 'letter')} made into one PDF. Print it, post it, and say so here.",
    )
    return redirect("delivery:batch_detail", batch.pk)


@landlord_view(Permission.REPLY_SEND)
@require_safe
def batch_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """Letters printed together: the PDF, to whom they go, and whether they are in the post."""
    batch = _batch(pk)
    context = {
        "batch": batch,
        "letters": queries.letters_in(batch),
        "history": history_of(batch)[:20],
    }
    return render(request, "involvement/delivery/batch_detail.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_safe
def batch_download(request: LandlordRequest, pk: int) -> HttpResponse:
    """The PDF of a batch."""
    batch = _batch(pk)
    if batch.file is None:
        raise Http404
    return download(batch.file)


@landlord_view(Permission.REPLY_SEND)
@require_POST
def batch_posted(request: LandlordRequest, pk: int) -> HttpResponse:
    """The letters of a batch are in the post."""
    try:
        operations.mark_posted(batch=_batch(pk), by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Posted. Everybody in this batch counts as told today.")
    return redirect("delivery:batch_detail", pk)


def _message(pk: int) -> Message:
    return get_object_or_404(queries.outbox(), pk=pk)


def _batch(pk: int) -> LetterBatch:
    return get_object_or_404(queries.batches(), pk=pk)
