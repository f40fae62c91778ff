"""The address at which a provider calls us, and what it shows there."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from involvement.delivery.models import Provider
from involvement.delivery.sealing import CannotBeOpened, unseal

TOKEN, WORD = "hook", "hook_word"
USER = "involvement"
"""The name before the word, for providers that show a name and a password."""
RECEIPTS, TEXTS = "receipts", "texts"


def read_key(token: str) -> int:
    """The key of the provider a token says it is of; 0 for none."""
    key = token.partition(".")[0]
    return int(key) if key.isdecimal() and key.isascii() and len(key) < 19 else 0


def hook_of(provider: Provider) -> tuple[str, str]:
    """The token in the address, and the word that is shown there; "" where there is none."""
    try:
        kept = unseal(provider)
    except CannotBeOpened:
        return "", ""
    return kept.get(TOKEN, ""), kept.get(WORD, "")


def calls_for(provider: Provider) -> tuple[str, ...]:
    """What a provider of this kind can call us about."""
    if provider.kind == Provider.Kind.API:
        return (RECEIPTS,)
    if provider.kind == Provider.Kind.NOTIFY and provider.channel != "TEXT":
        return (RECEIPTS,)
    if provider.kind in {Provider.Kind.NOTIFY, Provider.Kind.GATEWAY}:
        return (RECEIPTS, TEXTS)
    return ()


def is_the_provider(provider: Provider, token: str, request: HttpRequest) -> bool:
    """Whether whoever calls knows the address and shows the word. Takes as long for every answer."""
    kept, word = hook_of(provider)
    knows = constant_time_compare(token, kept)
    shows = constant_time_compare(_shown(request), word)
    return bool(kept) and bool(word) and knows and shows


def _shown(request: HttpRequest) -> str:
    """The word in the request's header, as a bearer token or a password."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return given.strip()
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
