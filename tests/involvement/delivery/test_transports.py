"""What mail servers and mail services answer, and what that means for a message."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
import requests
from django.conf import settings as django_settings
from django.core import mail
from urllib3.exceptions import NewConnectionError

from involvement.delivery import sealing
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
from involvement.delivery.transports.api import SERVICES, api_transport
from involvement.delivery.transports.smtp import smtp_transport
from tests.involvement.delivery.scripted import ADDRESS, MailServer

MESSAGE = Outgoing(
    "ab12", "Poole (demo) <involve@poole.example>", ADDRESS, "About\nlights", "Brighter: £5."
)


def sent_to(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Any:
    transport = server.transport(monkeypatch)
    assert transport.open() is None
    try:
        return transport.send(MESSAGE)
    finally:
        transport.close()


def test_a_mail_server_takes_a_message_with_our_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    server = MailServer()
    outcome = sent_to(server, monkeypatch)
    assert outcome == Accepted(answer="250 2.0.0 OK queued as 4F2A")
    assert "mail FROM:<involve@poole.example>" in server.heard
    assert f"rcpt TO:<{ADDRESS}>" in server.heard
    assert b"Message-ID: <ab12@poole.example>" in server.messages[0]
    assert b"Subject: About lights" in server.messages[0]


@pytest.mark.parametrize(
    ("says", "outcome", "words"),
    [
        ({"RCPT": "550 5.1.1 User unknown"}, Refused, "There is no such address"),
        ({"RCPT": "550 No such mailbox here"}, Refused, "There is no such address"),
        ({"RCPT": "452 4.2.2 Over quota"}, TryLater, "mailbox is full"),
        ({"RCPT": "450 4.7.1 Greylisted"}, TryLater, "does not take e-mail from us"),
        ({"RCPT": "450 Greylisted"}, TryLater, "try later"),
        ({"DATA": "451 Not now"}, TryLater, "try later"),
        ({".": "554 5.7.1 Spam"}, Refused, "does not take e-mail from us"),
        ({".": "554 No"}, Refused, "refused the message"),
        ({".": "451 4.3.0 Later"}, TryLater, "try later"),
    ],
)
def test_a_refusal_of_one_message_leaves_the_provider_be(
    monkeypatch: pytest.MonkeyPatch,
    says: dict[str, str],
    outcome: type[Refused | TryLater],
    words: str,
) -> None:
    found = sent_to(MailServer(says), monkeypatch)
    assert isinstance(found, outcome)
    assert words in found.words
    assert not getattr(found, "holds_provider", False)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ({"MAIL": "553 5.7.1 Not your address"}, "address our messages come from"),
        ({"RCPT": "421 4.7.0 Too many messages"}, "more slowly"),
        ({"RCPT": ""}, "hung up before"),
    ],
)
def test_what_every_message_would_meet_holds_the_provider(
    monkeypatch: pytest.MonkeyPatch, says: dict[str, str], words: str
) -> None:
    found = sent_to(MailServer(says), monkeypatch)
    assert isinstance(found, TryLater)
    assert found.holds_provider
    assert words in found.words


def test_silence_after_the_message_means_that_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = MailServer({".": ""})
    found = sent_to(server, monkeypatch)
    assert isinstance(found, Unsure)
    assert len(server.messages) == 1


def test_one_conversation_carries_on_after_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    server = MailServer({"RCPT": "550 5.1.1 User unknown"})
    transport = server.transport(monkeypatch)
    transport.open()
    assert isinstance(transport.send(MESSAGE), Refused)
    server.says["RCPT"] = "250 OK"
    assert isinstance(transport.send(MESSAGE), Accepted)
    transport.close()


@pytest.mark.parametrize(
    "address", ["5 Mill Row, Poole", "leroy", "лерой@residents.example", "a b@c.example"]
)
def test_what_is_no_address_is_refused_before_anybody_is_asked(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    server = MailServer()
    transport = server.transport(monkeypatch)
    transport.open()
    found = transport.send(Outgoing("ab12", "a@poole.example", address, "About", "Words"))
    transport.close()
    assert isinstance(found, Refused)
    assert not any(line.lower().startswith("rcpt") for line in server.heard)


def own_server(**named: Any) -> Provider:
    return Provider(
        landlord_id=1,
        pk=1,
        kind="SMTP",
        settings={
            "host": "smtp.poole.example",
            "port": 465,
            "security": "TLS",
            "username": "u",
            **named,
        },
    )


def test_a_mail_server_of_ones_own_is_spoken_to_over_tls_alone() -> None:
    backend = smtp_transport(own_server(), {"password": "hidden"}).backend
    assert (backend.host, backend.port, backend.username, backend.password) == (
        "smtp.poole.example",
        465,
        "u",
        "hidden",
    )
    assert (backend.use_ssl, backend.use_tls) == (True, False)
    backend = smtp_transport(own_server(security="STARTTLS"), {}).backend
    assert (backend.use_ssl, backend.use_tls) == (False, True)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1"])
def test_a_name_that_leads_into_a_private_network_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, settings: Any, address: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", (address, 0))])
    connected: list[Any] = []
    monkeypatch.setattr("smtplib.SMTP_SSL._get_socket", lambda *a: connected.append(a))
    settings.DELIVERY_PRIVATE_HOSTS = False
    found = smtp_transport(own_server(), {}).open()
    assert isinstance(found, Refused)
    assert connected == []


def test_a_server_that_cannot_be_reached_says_so_without_its_own_words(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def refuse(*args: Any) -> None:
        raise ConnectionRefusedError("password hidden at smtp.poole.example")

    settings.DELIVERY_PRIVATE_HOSTS = True
    monkeypatch.setattr("smtplib.SMTP_SSL._get_socket", refuse)
    found = smtp_transport(own_server(), {}).open()
    assert found == TryLater(
        "The mail server cannot be reached.", "ConnectionRefusedError", holds_provider=True
    )


def test_the_installation_hands_over_by_whatever_it_is_set_to() -> None:
    provider = Provider(landlord_id=1, pk=1)
    transport = for_provider(provider)
    transport.open()
    assert transport.send(MESSAGE) == Accepted()
    assert [sent.to for sent in mail.outbox] == [[ADDRESS]]
    assert transport.ask("ab12").standing == Standing.CANNOT_BE_ASKED


# --- Mail services ------------------------------------------------------------------------------


class Service:
    """Answers in place of the net."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[Any] = []
        self.answers: list[Any] = []
        monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", self._send)

    def _send(self, request: Any, **kwargs: Any) -> requests.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, response.request = answer[0], request
        response.url = request.url
        response._content = json.dumps(answer[1]).encode()
        return response


TAKEN = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "To": ADDRESS})


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    return Service(monkeypatch)


def by(name: str, **named: str) -> Any:
    provider = Provider(landlord_id=1, pk=1, kind="API", settings={"service": name, **named})
    transport = api_transport(provider, {"key": "hidden-key"})
    transport.open()
    return transport


def test_a_mail_service_takes_a_message_with_our_reference(service: Service) -> None:
    service.answers = [TAKEN]
    assert by("POSTMARK").send(MESSAGE) == Accepted("pm-1", "sent")
    [request] = service.asked
    assert request.headers["X-Postmark-Server-Token"] == "hidden-key"
    assert json.loads(request.body)["Metadata"] == {"reference": "ab12"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_given_its_key_and_says_when_it_has_too_much(
    service: Service, name: str
) -> None:
    service.answers = [(429, {"message": "Slow down"})]
    found = by(name, domain="mg.poole.example").send(MESSAGE)
    assert found == TryLater(
        "The provider asks us to send more slowly.", "429 Slow down", holds_provider=True
    )
    [request] = service.asked
    assert "hidden-key" in str(request.headers) or "Basic" in str(request.headers)


@pytest.mark.parametrize(
    ("answer", "outcome", "holds"),
    [
        ((401, {"Message": "Bad token"}), TryLater, True),
        ((503, {}), TryLater, True),
        ((500, {}), Unsure, True),
        ((504, {}), Unsure, True),
        ((200, {"ErrorCode": 0, "Message": "OK"}), Unsure, True),
        ((422, {"ErrorCode": 300, "Message": "Invalid address"}), Refused, False),
        (
            (
                422,
                {
                    "ErrorCode": 406,
                    "Message": f"Found inactive addresses: {ADDRESS}. Inactive recipients are ones that complained.",
                },
            ),
            Refused,
            False,
        ),
        (requests.ConnectTimeout("slow"), TryLater, True),
        (requests.ReadTimeout("silent"), Unsure, True),
        (requests.ConnectionError("gone in the middle"), Unsure, True),
    ],
)
def test_what_a_service_answers_tells_what_certainly_did_not_go(
    service: Service, answer: Any, outcome: type, holds: bool
) -> None:
    service.answers = [answer]
    found = by("POSTMARK").send(MESSAGE)
    assert isinstance(found, outcome)
    assert getattr(found, "holds_provider", False) is holds


def test_a_service_nobody_gets_through_to_certainly_has_nothing(service: Service) -> None:
    nowhere: Any = NewConnectionError(None, "no way")  # type: ignore[arg-type]  # a pool nobody needs
    failure = requests.ConnectionError(type("Pool", (Exception,), {"reason": nowhere})())
    service.answers = [failure]
    assert isinstance(by("POSTMARK").send(MESSAGE), TryLater)


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ([(200, {"TotalCount": 0, "Messages": []})], Standing.NEVER_CAME),
        ([(500, {})], Standing.NO_ANSWER),
        ([requests.ReadTimeout("silent")], Standing.NO_ANSWER),
        ([(200, ["nonsense"])], Standing.NO_ANSWER),
        (["there", (200, {"MessageEvents": []})], Standing.WENT),
        (["there", (200, {"MessageEvents": [{"Type": "Delivered"}]})], Standing.DELIVERED),
        (["there", (200, {"MessageEvents": [{"Type": "Bounced"}]})], Standing.RETURNED),
    ],
)
def test_postmark_is_asked_by_our_reference(
    service: Service, answers: list[Any], standing: Standing
) -> None:
    there = (200, {"TotalCount": 1, "Messages": [{"MessageID": "pm-1"}]})
    service.answers = [there if one == "there" else one for one in answers]
    assert by("POSTMARK").ask("ab12").standing == standing
    assert "metadata_reference=ab12" in service.asked[0].url


def test_only_who_finds_a_message_by_reference_is_asked() -> None:
    kinds = [
        Provider(landlord_id=1, kind="API", settings={"service": name}) for name in sorted(SERVICES)
    ]
    asked = [one.settings["service"] for one in [*kinds, own_server()] if can_be_asked(one)]
    assert asked == ["POSTMARK"]


# --- What is sealed -----------------------------------------------------------------------------


def test_what_is_sealed_opens_for_its_own_row_alone(settings: Any) -> None:
    one = Provider(landlord_id=1, pk=1)
    one.sealed = sealing.seal(one, {"password": "hidden"})
    assert b"hidden" not in one.sealed
    assert sealing.unseal(one) == {"password": "hidden"}
    for landlord, key in ((1, 2), (2, 1)):
        with pytest.raises(sealing.CannotBeOpened):
            sealing.unseal(Provider(landlord_id=landlord, pk=key, sealed=one.sealed))
    old = django_settings.SEALING_KEYS
    settings.SEALING_KEYS = ["another", *old]
    assert sealing.unseal(one) == {"password": "hidden"}
    settings.SEALING_KEYS = ["another"]
    with pytest.raises(sealing.CannotBeOpened):
        sealing.unseal(one)
