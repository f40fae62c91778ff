"""Letters: printed together, and posted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.delivery import operations, queries
from involvement.delivery.letters import MOST_LETTERS, letters_pdf
from involvement.delivery.models import LetterBatch
from involvement.documents.queries import download


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


def _batch(pk: int) -> LetterBatch:
    return get_object_or_404(queries.batches(), pk=pk)
