from __future__ import annotations

import datetime as dt
import re
from typing import Final

from involvement.auditing.refusals import Refusal
from residents.people.models import Person
from residents.people.policies import check_can_be_written_to
from residents.signin.models import MOST_TRIES, PRESSED_TWICE, SignInCode

_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")


class NotThisCode(Refusal):
    """This is not the code we sent, or it has run out. Look at the newest message and type its six
    figures, or ask for another code."""


class NotThisLetter(Refusal):
    """This code and this postcode do not belong together, or the code has run out or was used.
    Look at the newest letter, or ring us for another."""


class LinkIsOver(Refusal):
    """This link has run out, or was used. Ask for another one."""


class NotTheirs(Refusal):
    """Choose one of the names on this page."""


class NoAddress(Refusal):
    """We have no address to write to. Write it down first, then print the letter."""


class NoPostcode(Refusal):
    """The letter's code goes with their postcode, and we have none of theirs. Write it down first,
    with their home or in their address."""


class WasRung(Refusal):
    """Somebody has rung them already."""


def is_open(code: SignInCode, *, at: dt.datetime) -> bool:
    """Whether a code still signs in: also for a second press within half a minute."""
    used = code.used_at is not None and at - code.used_at > PRESSED_TWICE
    tried = code.tries >= MOST_TRIES
    return not (used or tried or code.revoked_at is not None or code.expires_at <= at)


def check_can_get_letter(person: Person) -> None:
    """Whether a code can go to somebody by letter. Raises NoAddress, NoPostcode, HasDied, HasLeft,
    WasErased.
    """
    check_can_be_written_to(person)
    if not person.address:
        raise NoAddress
    if not postcodes_of(person):
        raise NoPostcode


def postcodes_of(person: Person) -> set[str]:
    """The postcodes somebody may give as theirs: of their home, and in their address."""
    home = person.home.postcode if person.home is not None else ""
    found = _POSTCODE.findall(f"{person.address}\n{home}".upper())
    return {"".join(parts) for parts in found}


def same_postcode(person: Person, typed: str) -> bool:
    """Whether what was typed is a postcode of theirs, however it is spaced."""
    return "".join(typed.upper().split()) in postcodes_of(person)


def why_no_letter(person: Person) -> str:
    """Why no code can go to somebody by letter, as a sentence; "" where one can."""
    try:
        check_can_get_letter(person)
    except Refusal as refused:
        return str(refused)
    return ""
