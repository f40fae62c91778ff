"""What providers answer, in plain words."""

from __future__ import annotations

import re
from typing import Final

NO_EMAIL_ADDRESS: Final = "This is no e-mail address."
CANNOT_BE_REACHED: Final = "The mail server cannot be reached."
LOGIN_REFUSED: Final = "The mail server does not accept the user name or password."
SENDER_REFUSED: Final = "The mail server does not accept the address our messages come from."
TOO_MUCH: Final = "The provider asks us to send more slowly."
KEY_REFUSED: Final = "The mail service does not accept our key."
HUNG_UP: Final = "The mail server hung up before it had taken the message."
NO_ANSWER: Final = "The provider had the message and did not say whether it took it."

NOTIFY_UNREACHED: Final = "GOV.UK Notify cannot be reached."
NO_NOTIFY_KEY: Final = "This is no API key of GOV.UK Notify. Copy the whole key again."
NO_TEMPLATE: Final = "No template of GOV.UK Notify is named in the settings."
NOTIFY_KEY_REFUSED: Final = "GOV.UK Notify does not accept our key."
CLOCK_IS_WRONG: Final = (
    "This machine’s clock is wrong, so GOV.UK Notify takes nothing from it. Tell whoever runs it."
)
ENOUGH_FOR_TODAY: Final = (
    "Your service in GOV.UK Notify has sent as much as it may in a day. The rest goes tomorrow."
)
NOTIFY_REFUSED: Final = "GOV.UK Notify refused the message."
NO_GATEWAY_ADDRESS: Final = (
    "The gateway’s address in the settings is none. It begins with https://."
)
NOT_SECURE: Final = "The gateway’s address does not begin with https://, so nothing is sent to it."
PRIVATE_GATEWAY: Final = "The gateway lies in a private network, which is not allowed here."
GATEWAY_UNREACHED: Final = "The text gateway cannot be reached."
GATEWAY_KEY_REFUSED: Final = "The text gateway does not accept our key."
WRONG_GATEWAY_ADDRESS: Final = "Nothing takes texts at the gateway’s address. Look at the settings."
GATEWAY_REFUSED: Final = "The text gateway refused the message."
NO_REFERENCE: Final = (
    "The gateway’s answer holds no reference of theirs where the settings say, so it may not have "
    "taken the text."
)
# What Notify answers that every message would meet, and what that means.
NOTIFY_FOR_ALL: Final = (
    (
        re.compile(r"template[^;]*(not found|deleted|archived|is not)|template_id", re.IGNORECASE),
        "GOV.UK Notify has no such template. Look at the template’s ID in the settings.",
    ),
    (
        re.compile(r"missing personalisation", re.IGNORECASE),
        (
            "The template in GOV.UK Notify asks for more than we give. A text’s template holds ((body)) "
            "alone, an e-mail’s ((subject)) and ((body))."
        ),
    ),
    (
        re.compile(r"email_reply_to_id|sms_sender_id", re.IGNORECASE),
        "GOV.UK Notify does not know the sender named in the settings. Look at its ID.",
    ),
    (
        re.compile(r"team-only|trial mode", re.IGNORECASE),
        (
            "GOV.UK Notify sends to your own team only: your service is in trial mode, or the key is for "
            "the team. Ask Notify to make the service live, or use a live key."
        ),
    ),
    (
        re.compile(r"service (is )?not allowed|not allowed to send|not permitted", re.IGNORECASE),
        "Your service in GOV.UK Notify may not send this kind of message. Switch it on there.",
    ),
)
# What it answers about one message alone. What asks for less stands first.
NOTIFY_FOR_ONE: Final = (
    (
        re.compile(r"international", re.IGNORECASE),
        (
            "Your service in GOV.UK Notify does not send texts abroad. Switch that on there, or tell "
            "them another way."
        ),
    ),
    (
        re.compile(r"character count|too long|exceeds", re.IGNORECASE),
        "GOV.UK Notify finds the message too long. Shorten it, or send it another way.",
    ),
    (
        re.compile(
            r"phone_number|digits|mobile number|country prefix|not a valid number|landline",
            re.IGNORECASE,
        ),
        "GOV.UK Notify says that no text can go to this number. Ask for their mobile number.",
    ),
    (re.compile(r"email_?\s?address|valid email", re.IGNORECASE), NO_EMAIL_ADDRESS),
)
# The states in which a message ended at Notify without arriving.
NOTIFY_SAYS: Final = {
    "permanent-failure": "There is no such address or number, or it takes nothing any more.",
    "temporary-failure": "It did not arrive in three days: a full mailbox, or a telephone that was off.",
    "technical-failure": "GOV.UK Notify and the networks behind it failed. It can be tried again.",
    "validation-failed": "GOV.UK Notify found something wrong with it and did not send it.",
    "virus-scan-failed": "GOV.UK Notify found a virus in it and did not send it.",
    "cancelled": "It was cancelled in GOV.UK Notify.",
}

# Enhanced status codes of RFC 3463, and what they mean to an officer.
_BY_STATUS: Final = {
    "1.1": "There is no such address at the other end.",
    "1.2": "The part of the address after the @ does not exist.",
    "1.3": NO_EMAIL_ADDRESS,
    "1.6": "This mailbox has moved and left no new address.",
    "1.10": "The part of the address after the @ takes no e-mail.",
    "2.1": "This mailbox is closed.",
    "2.2": "The mailbox is full.",
    "2.3": "The message is too big for this mailbox.",
    "3.4": "The message is too big for the mail server.",
    "4.4": "The part of the address after the @ takes no e-mail.",
    "7.1": "The mail server at the other end does not take e-mail from us.",
}
_STATUS = re.compile(r"^\s*[45]\.(\d{1,3}\.\d{1,3})\b")


def words_for(code: int, text: str) -> str:
    """Why a mail server did not take a message: from its code and its words."""
    status = _STATUS.match(text)
    known = _BY_STATUS.get(status[1]) if status else None
    if known:
        return known
    if code in {550, 551, 553} and re.search(
        r"user|mailbox|recipient|address", text, re.IGNORECASE
    ):
        return _BY_STATUS["1.1"]
    if code in {452, 552}:
        return _BY_STATUS["2.2"]
    if 400 <= code < 500:
        return "The mail server at the other end asks us to try later."
    return "The mail server at the other end refused the message."
