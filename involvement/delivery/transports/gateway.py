"""Texts by a text gateway: one HTTPS request for each, in the words the gateway wants.

The address is a landlord's, so that it may lead anywhere: its name is looked up once, every address
must lie in the open net, and the connection is made to what was looked up.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    SSLError,
)

from involvement.delivery.models import Provider
from involvement.delivery.transports import words
from involvement.delivery.transports.hosts import addresses_of, is_public
from involvement.delivery.transports.protocol import (
    Accepted,
    Asked,
    Outcome,
    Outgoing,
    Refused,
    Standing,
    TryLater,
    Unsure,
)

TIMEOUT: Final = urllib3.Timeout(connect=10, read=20)
MOST_READ: Final = 64 * 1024
CERTAINLY_UNSENT: Final = (NewConnectionError, ConnectTimeoutError, SSLError)


def gateway_transport(provider: Provider, secrets: dict[str, str]) -> GatewayTransport:
    """What speaks to a landlord's text gateway."""
    return GatewayTransport(provider, secrets.get("key", ""))


@dataclass(frozen=True)
class Place:
    """A gateway's address, taken apart."""

    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def read(cls, url: str) -> Place:
        """Raises ValueError."""
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        if not parts.hostname or parts.username or parts.scheme not in {"https", "http"}:
            raise ValueError(words.NO_GATEWAY_ADDRESS)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        return cls(secure, parts.hostname, parts.port or (443 if secure else 80), path)


class GatewayTransport:
    """One request for each text. `settings` say what the gateway calls things."""

    def __init__(self, provider: Provider, key: str) -> None:
        self._named = provider.settings
        self._sender = provider.sender_name
        self._key = key
        self._place: Place | None = None
        self._pool: urllib3.HTTPConnectionPool | None = None

    def open(self) -> TryLater | Refused | None:
        try:
            self._place = place = Place.read(self._named.get("url", ""))
        except ValueError:
            return TryLater(words.NO_GATEWAY_ADDRESS, holds_provider=True)
        private = settings.DELIVERY_PRIVATE_HOSTS
        if not place.secure and not private:
            return TryLater(words.NOT_SECURE, holds_provider=True)
        found = addresses_of(place.host)
        if not found:
            return TryLater(words.GATEWAY_UNREACHED, "no such name", holds_provider=True)
        if not private and not all(is_public(one) for one in found):
            return TryLater(words.PRIVATE_GATEWAY, holds_provider=True)
        self._pool = _pool(place, found[0])
        return None

    def send(self, message: Outgoing) -> Outcome:
        if self._place is None or self._pool is None:
            return TryLater(words.GATEWAY_UNREACHED, "not opened", holds_provider=True)
        body, kind = self._written(message)
        headers = {"Host": _host(self._place), "Content-Type": kind, **self._shown()}
        try:
            answer = self._pool.urlopen(
                "POST",
                self._place.path,
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                timeout=TIMEOUT,
                preload_content=False,
            )
            said = answer.read(MOST_READ, decode_content=True)
            if len(said) == MOST_READ:
                answer.close()
            answer.release_conn()
        except CERTAINLY_UNSENT as failure:
            return TryLater(words.GATEWAY_UNREACHED, type(failure).__name__, holds_provider=True)
        except (HTTPError, OSError) as failure:
            return Unsure(words.NO_ANSWER, type(failure).__name__, holds_provider=True)
        return self._judged(answer.status, said.decode("utf-8", "replace"))

    def ask(self, reference: str) -> Asked:
        return Asked(Standing.CANNOT_BE_ASKED)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()

    def _written(self, message: Outgoing) -> tuple[bytes, str]:
        """The request's body, and what it is."""
        named = self._named
        number = message.to_address
        fields = {
            named.get("field_to") or "to": number if named.get("plus") else number.lstrip("+"),
            named.get("field_text") or "text": message.body,
        }
        if named.get("field_from") and self._sender:
            fields[named["field_from"]] = self._sender
        if named.get("field_reference"):
            fields[named["field_reference"]] = message.reference
        if named.get("form") == "FORM":
            return urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return json.dumps(fields, ensure_ascii=False).encode(), "application/json"

    def _shown(self) -> dict[str, str]:
        """How we show who we are."""
        if self._named.get("auth") == "BASIC":
            pair = f"{self._named.get('username', '')}:{self._key}".encode()
            return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        return {"Authorization": f"Bearer {self._key}"}

    def _judged(self, code: int, said: str) -> Outcome:
        answer = f"{code} {' '.join(said.split())}".strip()[:300]
        if why := _why_later(code):
            return TryLater(why, answer, holds_provider=True)
        if code >= 500 or code < 200:
            return Unsure(words.NO_ANSWER, answer, holds_provider=True)
        if code >= 400:
            return Refused(words.GATEWAY_REFUSED, answer)
        path = self._named.get("answer_reference")
        if not path:
            return Accepted(answer=answer)
        theirs = found_at(said, path)
        return Accepted(theirs, answer) if theirs else Unsure(words.NO_REFERENCE, answer)


def _why_later(code: int) -> str:
    """Why nothing goes at the moment; "" where it is another thing."""
    if code in {429, 503}:
        return words.TOO_MUCH
    if code in {401, 403}:
        return words.GATEWAY_KEY_REFUSED
    return words.WRONG_GATEWAY_ADDRESS if code in {404, 405} or 300 <= code < 400 else ""


def found_at(said: str, path: str) -> str:
    """What stands at a path of a JSON answer, such as `messages.0.id`; "" where nothing does."""
    try:
        found: Any = json.loads(said)
        for step in path.split("."):
            found = found[int(step)] if isinstance(found, list) else found[step]
    except (ValueError, TypeError, LookupError):
        return ""
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _host(place: Place) -> str:
    usual = place.port == (443 if place.secure else 80)
    return place.host if usual else f"{place.host}:{place.port}"


def _pool(place: Place, address: str) -> urllib3.HTTPConnectionPool:
    """Connections to one address, whose certificate must be that of the host and of somebody this
    system trusts."""
    if not place.secure:
        return urllib3.HTTPConnectionPool(address, place.port)
    return urllib3.HTTPSConnectionPool(
        address,
        place.port,
        server_hostname=place.host,
        assert_hostname=place.host,
        cert_reqs="CERT_REQUIRED",
    )
