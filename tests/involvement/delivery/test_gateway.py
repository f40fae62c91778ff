"""A text gateway: what is sent to it in its own words, what it answers, and where it may lie."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from involvement.delivery.models import Provider
from involvement.delivery.transports import (
    Accepted,
    Outgoing,
    Refused,
    Standing,
    TryLater,
    Unsure,
    can_be_asked,
    for_provider,
)
from involvement.delivery.transports.gateway import GatewayTransport, found_at, gateway_transport
from involvement.delivery.transports.hosts import is_public

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
TEXT = Outgoing("ab12", "", "+447700900123", "About lights", "They are brighter: ŵ.")


@dataclass
class Gateway:
    """`answer` is what it answers, or None to hang up after it has read."""

    answer: tuple[int, Any] | None = (200, {"messages": [{"id": "gw-1"}]})
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def there() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.heard.append((self.path, dict(self.headers), body))
            if gateway.answer is None:
                return
            code, said = gateway.answer
            written = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(code)
            if code == 302:
                self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    gateway.address = f"http://127.0.0.1:{server.server_address[1]}/v1/send?to=all"
    yield gateway
    server.shutdown()
    server.server_close()


def transport(url: str, **named: Any) -> GatewayTransport:
    provider = Provider(
        landlord_id=1,
        pk=1,
        kind="GATEWAY",
        channel="TEXT",
        sender_name="Poole",
        settings={"url": url, "answer_reference": "messages.0.id", **named},
    )
    return gateway_transport(provider, {"key": "hidden-key"})


def sent(there: Gateway, **named: Any) -> Any:
    by = transport(there.address, **named)
    assert by.open() is None
    try:
        return by.send(TEXT)
    finally:
        by.close()


def test_a_text_goes_as_json_with_a_bearer_token(there: Gateway) -> None:
    outcome = sent(there, field_to="recipient", field_text="body", field_reference="ref")
    assert outcome == Accepted("gw-1", '200 {"messages": [{"id": "gw-1"}]}')
    [(path, headers, body)] = there.heard
    assert path == "/v1/send?to=all"
    assert headers["Authorization"] == "Bearer hidden-key"
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {
        "recipient": "447700900123",
        "body": "They are brighter: ŵ.",
        "ref": "ab12",
    }


def test_a_text_goes_as_a_form_with_a_password(there: Gateway) -> None:
    sent(there, form="FORM", auth="BASIC", username="poole", plus=True, field_from="from")
    [(_, headers, body)] = there.heard
    assert headers["Authorization"] == f"Basic {base64.b64encode(b'poole:hidden-key').decode()}"
    assert parse_qs(body.decode()) == {
        "to": ["+447700900123"],
        "text": ["They are brighter: ŵ."],
        "from": ["Poole"],
    }


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        ((429, {}), TryLater, "more slowly"),
        ((503, {}), TryLater, "more slowly"),
        ((401, {}), TryLater, "our key"),
        ((404, b"Not found"), TryLater, "Nothing takes texts"),
        ((302, b""), TryLater, "Nothing takes texts"),
        ((400, {"error": "bad number"}), Refused, "refused the message"),
        ((422, {}), Refused, "refused the message"),
        ((500, {}), Unsure, "did not say"),
        ((200, {"error": "no credit"}), Unsure, "no reference of theirs"),
        ((200, b"OK"), Unsure, "no reference of theirs"),
        (None, Unsure, "did not say"),
    ],
)
def test_what_a_gateway_answers_tells_what_certainly_did_not_go(
    there: Gateway, answer: Any, outcome: type[TryLater | Refused | Unsure], words: str
) -> None:
    there.answer = answer
    found = sent(there)
    assert isinstance(found, outcome)
    assert words in found.words
    # Sent elsewhere it is not followed
    assert len(there.heard) == 1


def test_a_gateway_without_a_reference_is_believed(there: Gateway) -> None:
    there.answer = (202, b"OK")
    assert sent(there, answer_reference="") == Accepted(answer="202 OK")


def test_nobody_home_certainly_has_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    by = transport(f"http://127.0.0.1:{port}/")
    assert by.open() is None
    found = by.send(TEXT)
    assert isinstance(found, TryLater)
    assert found.holds_provider


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://texts.example/", "does not begin with https"),
        ("ftp://texts.example/", "is none"),
        ("nonsense", "is none"),
        ("https://user@texts.example/", "is none"),
        ("https://texts.example/", "private network"),
    ],
)
def test_nothing_is_sent_into_our_own_network_or_without_tls(
    monkeypatch: pytest.MonkeyPatch, settings: Any, url: str, words: str
) -> None:
    settings.DELIVERY_PRIVATE_HOSTS = False
    answers = [(0, 0, 0, "", ("93.184.216.34", 0)), (0, 0, 0, "", ("10.0.0.7", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answers)
    by = transport(url)
    found = by.open()
    assert isinstance(found, TryLater)
    assert words in found.words
    refused = by.send(TEXT)
    assert isinstance(refused, TryLater)


def test_the_connection_goes_to_what_was_looked_up_and_the_name_must_be_certified(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.DELIVERY_PRIVATE_HOSTS = False
    answers = [(0, 0, 0, "", ("93.184.216.34", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answers)
    by: Any = transport("https://texts.example/v1")
    assert by.open() is None
    assert (by._pool.host, by._pool.port) == ("93.184.216.34", 443)
    assert by._pool.conn_kw["server_hostname"] == "texts.example"
    assert by._pool.assert_hostname == "texts.example"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 -- an address that must be refused
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("224.0.0.1", False),
    ],
)
def test_which_addresses_lie_in_the_open_net(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("said", "path", "found"),
    [
        ('{"id": "x"}', "id", "x"),
        ('{"id": 7}', "id", "7"),
        ('{"a": [{"b": "y"}]}', "a.0.b", "y"),
        ('{"a": []}', "a.0.b", ""),
        ('{"id": null}', "id", ""),
        ('{"id": true}', "id", ""),
        ("[1]", "id", ""),
        ("no json", "id", ""),
    ],
)
def test_where_an_answer_holds_its_reference(said: str, path: str, found: str) -> None:
    assert found_at(said, path) == found


def test_a_gateway_cannot_be_asked() -> None:
    provider = Provider(landlord_id=1, pk=1, kind="GATEWAY", channel="TEXT")
    assert not can_be_asked(provider)
    assert for_provider(provider).ask("ab12").standing == Standing.CANNOT_BE_ASKED
