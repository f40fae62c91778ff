"""Telephone numbers as people write them, and as providers of texts want them."""

from __future__ import annotations

from typing import Final

import phonenumbers

from involvement.auditing.refusals import Refusal

HERE: Final = "GB"
COUNTRY: Final = 44
FIGURES: Final = 10
"""Of a mobile number here, without the 0 in front."""


class NotANumber(Refusal):
    """This is no telephone number that a text can go to. Write a whole mobile number, such as
    07700 900123, or tell them another way."""


class NotAMobile(Refusal):
    """A text goes to a mobile, whose number begins with 07 and has 11 figures. Ask for their mobile
    number, or tell them another way."""


def to_text(written: str) -> str:
    """A number as providers want it, “+447700900123”. Numbers without a country are of the UK.

    Raises NotANumber, NotAMobile. Whether somebody has the number only the network knows; the
    numbers kept for drama pass.
    """
    try:
        found = phonenumbers.parse(written, HERE)
    except phonenumbers.NumberParseException:
        raise NotANumber from None
    if found.extension or not phonenumbers.is_possible_number(found):
        raise NotANumber
    national = str(found.national_number)
    if found.country_code == COUNTRY and not national.startswith("7"):
        raise NotAMobile
    if found.country_code == COUNTRY and len(national) != FIGURES:
        raise NotANumber
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


def tidied(written: str) -> str:
    """A number somebody texted from, as `to_text` gives it; a name or a short number as it is."""
    try:
        return to_text(written if written.startswith(("+", "0")) else f"+{written}")
    except Refusal:
        return written


def as_written(number: str) -> str:
    """A number as people here write it, “07700 900123”; what is none stays as it is."""
    try:
        found = phonenumbers.parse(number, HERE)
    except phonenumbers.NumberParseException:
        return number
    home = found.country_code == COUNTRY
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(found, form.NATIONAL if home else form.INTERNATIONAL))
