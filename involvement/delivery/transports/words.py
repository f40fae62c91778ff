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
