"""What GOV.UK Notify answers, and what that means for a message."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

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
    notify,
)
from tests.involvement.delivery import notify_stand_in as stand_in
from tests.involvement.delivery.notify_stand_in import KEY, TEMPLATE, NotifyStandIn

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
SENDER = "99999999-1111-4222-8333-444444444444"
TEXT = Outgoing("ab12", "", "+447700900123", "About lights", "They are brighter.")
EMAIL = Outgoing(
    "cd34",
    "",
    "leroy@residents.example",
    "About lights",
    "They are brighter.",
    "https://poole.example/off/x/",
)


@pytest.fixture
def there(settings: Any) -> Iterator[NotifyStandIn]:
    with NotifyStandIn() as standing_in:
        settings.NOTIFY_ADDRESS = standing_in.address
        yield standing_in


def transport(channel: str = "TEXT", *, key: str = KEY, **named: str) -> Any:
    provider = Provider(
        landlord_id=1,
        pk=1,
        kind="NOTIFY",
        channel=channel,
        settings={"template": TEMPLATE, **named},
    )
    return notify.notify_transport(provider, {"key": key})


def sent(message: Outgoing = TEXT, channel: str = "TEXT", **named: str) -> Any:
    by = transport(channel, **named)
    assert by.open() is None
    return by.send(message)


def test_notify_takes_a_text_with_our_reference(there: NotifyStandIn) -> None:
    outcome = sent(sender=SENDER)
    [taken] = there.taken
    assert outcome == Accepted(taken.id, "201 Created")
    assert (taken.kind, taken.reference) == ("sms", "ab12")
    assert taken.given == {
        "phone_number": "+447700900123",
        "template_id": TEMPLATE,
        "personalisation": {"body": "They are brighter."},
        "reference": "ab12",
        "sms_sender_id": SENDER,
    }


def test_notify_takes_an_email_with_one_press_off_the_list(there: NotifyStandIn) -> None:
    outcome = sent(EMAIL, "EMAIL")
    [taken] = there.taken
    assert outcome == Accepted(taken.id, "201 Created")
    assert taken.given == {
        "email_address": "leroy@residents.example",
        "template_id": TEMPLATE,
        "personalisation": {"subject": "About lights", "body": "They are brighter."},
        "reference": "cd34",
        "one_click_unsubscribe_url": "https://poole.example/off/x/",
    }


def errors(kind: str, message: str) -> list[dict[str, str]]:
    return [{"error": kind, "message": message}]


BAD, INVALID = "BadRequestError", "ValidationError"


@pytest.mark.parametrize(
    ("code", "said", "outcome", "words"),
    [
        (400, errors(INVALID, "phone_number Not enough digits"), Refused, "mobile number"),
        (400, errors(INVALID, "phone_number Must not contain letters"), Refused, "mobile number"),
        (400, errors(INVALID, "email_address Not a valid email address"), Refused, "no e-mail"),
        (400, errors(BAD, "Cannot send to international mobile numbers"), Refused, "abroad"),
        (
            400,
            errors(INVALID, "Content for template has a character count greater than 918"),
            Refused,
            "too long",
        ),
        (400, errors(BAD, "Something else"), Refused, "refused the message"),
        (413, errors(BAD, "Payload too large"), Refused, "refused the message"),
        (400, errors(BAD, "Template not found"), TryLater, "no such template"),
        (400, errors(BAD, "Template has been deleted"), TryLater, "no such template"),
        (400, errors(BAD, "Missing personalisation: name"), TryLater, "asks for more"),
        (400, errors(BAD, f"sms_sender_id {SENDER} does not exist"), TryLater, "the sender"),
        (
            400,
            errors(BAD, "Can’t send to this recipient using a team-only API key"),
            TryLater,
            "your own team only",
        ),
        (
            400,
            errors(BAD, "Can’t send to this recipient when service is in trial mode"),
            TryLater,
            "your own team only",
        ),
        (
            400,
            errors(BAD, "Service is not allowed to send text messages"),
            TryLater,
            "Switch it on",
        ),
        (403, errors("AuthError", "Invalid token: API key not found"), TryLater, "our key"),
        (
            403,
            errors("AuthError", "Error: Your system clock must be accurate to within 30 seconds"),
            TryLater,
            "clock is wrong",
        ),
        (
            429,
            errors("RateLimitError", "Exceeded rate limit for key type LIVE"),
            TryLater,
            "slowly",
        ),
        (
            429,
            errors("TooManyRequestsError", "Exceeded send limits (250000) for today"),
            TryLater,
            "goes tomorrow",
        ),
        (503, [], TryLater, "slowly"),
        (500, errors("Exception", "Internal server error"), Unsure, "did not say"),
        (502, [], Unsure, "did not say"),
        (200, [], Unsure, "did not say"),
    ],
)
def test_each_error_says_in_plain_words_what_it_means(
    there: NotifyStandIn,
    code: int,
    said: Any,
    outcome: type[Refused | TryLater | Unsure],
    words: str,
) -> None:
    there.says = [(code, said)]
    found = sent()
    assert isinstance(found, outcome)
    assert words in found.words
    assert getattr(found, "holds_provider", False) is (outcome is not Refused)
    assert there.taken == []


def test_a_notify_that_cannot_be_reached_certainly_has_nothing(settings: Any) -> None:
    with NotifyStandIn() as gone:
        settings.NOTIFY_ADDRESS = gone.address
    found = sent()
    assert isinstance(found, TryLater)
    assert (found.words, found.holds_provider) == ("GOV.UK Notify cannot be reached.", True)


@pytest.mark.parametrize(
    ("fault", "went"), [(stand_in.LOST, 0), (stand_in.SILENT, 1), (stand_in.FELL_AFTER, 1)]
)
def test_silence_leaves_it_open_whether_it_went_and_asking_settles_it(
    there: NotifyStandIn, fault: str, went: int
) -> None:
    there.faults = {fault: 1}
    assert isinstance(sent(), Unsure)
    assert len(there.taken) == went
    asked = transport().ask("ab12")
    assert asked.standing == (Standing.WENT if went else Standing.NEVER_CAME)
    assert there.asked == ["ab12"]


def test_an_answer_that_comes_too_late_is_silence(
    there: NotifyStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify, "TIMEOUT", 0.2)
    there.faults, there.late = {stand_in.SLOW: 1}, 0.6
    found = sent()
    assert isinstance(found, Unsure)
    assert (found.answer, len(there.taken)) == ("ReadTimeout", 1)


@pytest.mark.parametrize(
    ("status", "standing", "words"),
    [
        ("created", Standing.WENT, ""),
        ("sending", Standing.WENT, ""),
        ("pending", Standing.WENT, ""),
        ("delivered", Standing.DELIVERED, ""),
        ("permanent-failure", Standing.RETURNED, "no such address or number"),
        ("temporary-failure", Standing.RETURNED, "in three days"),
        ("technical-failure", Standing.RETURNED, "can be tried again"),
    ],
)
def test_notify_says_what_became_of_a_message(
    there: NotifyStandIn, status: str, standing: Standing, words: str
) -> None:
    sent()
    there.taken[0].status = status
    asked = transport().ask("ab12")
    assert (asked.standing, asked.reference) == (standing, there.taken[0].id)
    assert words in asked.words
    assert transport().ask("another").standing == Standing.NEVER_CAME


def test_a_notify_that_does_not_answer_the_question_says_nothing(there: NotifyStandIn) -> None:
    for code, said in ((500, []), (200, []), (403, errors("AuthError", "Invalid token"))):
        there.says = [(code, said)]
        assert transport().ask("ab12").standing == Standing.NO_ANSWER


@pytest.mark.parametrize("key", ["", "nonsense", KEY[:-1], "key-1-2"])
def test_what_is_no_key_is_found_out_before_any_message(key: str) -> None:
    found = transport(key=key).open()
    assert isinstance(found, TryLater)
    assert "Copy the whole key again" in found.words


def test_a_provider_without_a_template_says_so() -> None:
    found = transport(template="nonsense").open()
    assert isinstance(found, TryLater)
    assert "No template" in found.words


def test_nothing_of_what_notify_says_about_somebody_is_logged(
    there: NotifyStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    there.says = [(400, errors(INVALID, "phone_number 07700 900123 is not enough digits"))]
    assert isinstance(sent(), Refused)
    assert "900123" not in caplog.text
    assert KEY[-36:] not in caplog.text


def test_notify_can_be_asked_and_is_what_its_kind_is_spoken_to_by() -> None:
    provider = Provider(landlord_id=1, pk=1, kind="NOTIFY", channel="TEXT")
    assert can_be_asked(provider)
    assert isinstance(for_provider(provider), notify.NotifyTransport)
