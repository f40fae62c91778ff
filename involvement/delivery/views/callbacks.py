"""The door for providers: what became of a message, and what people wrote back."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from involvement.accounts.doors import LandlordRequest, token_view
from involvement.accounts.tries import too_many
from involvement.auditing.actors import job
from involvement.auditing.refusals import Refusal
from involvement.delivery import callbacks, hooks, operations, queries
from involvement.delivery.models import Provider

MOST_TRIES_AN_HOUR: Final = 60
MOST_BYTES: Final = 256 * 1024


# No cookie opens this door, so no other site can make a browser open it
@csrf_exempt
@token_view
@require_POST
def provider_calls(request: LandlordRequest, token: str, what: str) -> HttpResponse:
    """A provider tells us something, at the address made for it and showing the word it was given.
    The same again is answered alike and changes nothing."""
    provider = _provider(request, token)
    if isinstance(provider, HttpResponse):
        return provider
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _said(413, "This is too long.")
    if what not in hooks.calls_for(provider):
        return _said(404, "Nothing of this kind is taken here.")
    try:
        return JsonResponse({"noted": _noted(request, provider, what)})
    except callbacks.NotUnderstood as refused:
        return _said(400, str(refused.__doc__))
    except Refusal as refused:
        return _said(403, str(refused))


def _provider(request: LandlordRequest, token: str) -> Provider | HttpResponse:
    """Who calls, or the answer to whoever does not show that they are a provider."""
    if too_many(request, "provider-call", MOST_TRIES_AN_HOUR, counted=False):
        return _said(429, "Too many calls that were refused. Try again in an hour.")
    provider = queries.providers().filter(pk=hooks.read_key(token)).first()
    if provider is not None and hooks.is_the_provider(provider, token, request):
        return provider
    too_many(request, "provider-call", MOST_TRIES_AN_HOUR)
    if provider is not None:
        operations.count_refused_call(
            provider=provider, by=job("Somebody unknown"), at=timezone.now()
        )
    return _said(403, "This does not open the door.")


def _noted(request: LandlordRequest, provider: Provider, what: str) -> int:
    by, at = job(f"“{provider}”"), timezone.now()
    if what == hooks.TEXTS:
        heard = callbacks.texts_in(provider, request)
        for one in heard:
            operations.note_inbound(provider=provider, heard=one, by=by, at=at)
        return len(heard)
    told = callbacks.receipts_in(provider, request)
    for each in told:
        operations.note_receipt(provider=provider, told=each, by=by, at=at)
    return len(told)


def _said(status: int, words: str) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)
