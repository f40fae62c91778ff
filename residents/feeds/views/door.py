"""The door for systems: a file sent with a token."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from involvement.accounts.doors import LandlordRequest, token_view
from involvement.accounts.tries import too_many
from involvement.auditing.actors import Actor, importer
from involvement.importing.kinds import MAX_BYTES, say_size
from residents.feeds import operations, queries
from residents.feeds.models import Intake, Token
from residents.feeds.policies import AnotherIsBroughtIn

MOST_TRIES_AN_HOUR: Final = 20
COUNTS: Final = ("rows_read", "created", "changed", "unchanged", "leavers", "refused")


# No cookie opens this door, so no other site can make a browser open it
@csrf_exempt
@token_view
@require_POST
def receive(request: LandlordRequest, slug: str) -> HttpResponse:
    """A system sends a file as the body, with its token as a bearer token. The same content again
    is answered with what came of it the first time, and does nothing."""
    token = _token(request, slug)
    if isinstance(token, HttpResponse):
        return token
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        return _said(413, f"This file is larger than {say_size(MAX_BYTES)}. Split it.")
    data = request.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return _said(413, f"This file is larger than {say_size(MAX_BYTES)}. Split it.")
    by, at = importer(token.name), timezone.now()
    answer = _received(request, token, data, by, at)
    # Last, since its row is held from here until all is committed
    operations.token_used(token=token, by=by, at=at)
    return answer


def _received(
    request: LandlordRequest, token: Token, data: bytes, by: Actor, at: dt.datetime
) -> HttpResponse:
    before = queries.sent_before(token.source, hashlib.sha256(data).hexdigest())
    if before is not None:
        return _answer(before, again=True)
    try:
        intake = operations.receive(
            source=token.source,
            name=_name(request, data),
            data=data,
            how=Intake.How.TOKEN,
            by=by,
            at=at,
        )
    except AnotherIsBroughtIn as busy:
        return _said(409, str(busy))
    return _answer(intake, again=False)


def _token(request: LandlordRequest, slug: str) -> Token | HttpResponse:
    """The token shown, or the answer to whoever shows none that opens this source."""
    if too_many(request, "feed-token", MOST_TRIES_AN_HOUR, counted=False):
        return _said(429, "Too many wrong tokens. Try again in an hour.")
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    token = queries.token_for(shown.strip()) if kind.lower() == "bearer" and shown else None
    if token is None or token.source.slug != slug:
        too_many(request, "feed-token", MOST_TRIES_AN_HOUR)
        return _said(403, "This token does not open the door.")
    return token


def _name(request: LandlordRequest, data: bytes) -> str:
    """The name the sender gives, or one by what the file is."""
    given = request.headers.get("X-File-Name", "").replace("\\", "/").rpartition("/")[2].strip()
    return given[-200:] or ("list.xlsx" if data.startswith(b"PK\x03\x04") else "list.csv")


def _answer(intake: Intake, *, again: bool) -> HttpResponse:
    failed = intake.state == Intake.State.FAILED
    body = {
        "intake": intake.pk,
        "state": intake.state,
        "again": again,
        "why": intake.why,
        **{name: getattr(intake, name) for name in COUNTS},
    }
    return JsonResponse(body, status=422 if failed else 200 if again else 201)


def _said(status: int, words: str) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)
