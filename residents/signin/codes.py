"""Codes and links: how they are made, read as people type them, and hashed."""

from __future__ import annotations

import re
import secrets
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from involvement.isolation.scope import landlord_id

FIGURES: Final = 6
LETTERS: Final = 8
# None that looks or sounds like another: no O and 0, I, L and 1, S and 5, B and 8, Z and 2, U and V
_MADE_OF: Final = "ACDEFGHJKMNPQRTWXY34679"
_ALIKE: Final = str.maketrans("OIL", "011")
_SALT: Final = "residents.signin"


def new_figures() -> str:
    """A code to type from an e-mail or a text."""
    return f"{secrets.randbelow(10**FIGURES):0{FIGURES}d}"


def new_letters() -> str:
    """A code to type from a letter."""
    return "".join(secrets.choice(_MADE_OF) for _ in range(LETTERS))


def new_token() -> str:
    """What stands in a link, or in the cookie of a session."""
    return secrets.token_urlsafe(24)


def in_halves(code: str) -> str:
    """A code as it is printed: "482 913", "ACDE-3467"."""
    half = len(code) // 2
    return f"{code[:half]}{' ' if code.isdecimal() else '-'}{code[half:]}"


def figures_typed(words: str) -> str:
    """The figures of what was typed."""
    return re.sub(r"\D", "", words)


def letters_typed(words: str) -> str:
    """What was typed as all codes of letters are read: O as 0, I as 1, small letters as large."""
    return re.sub(r"[^A-Z0-9]", "", words.upper()).translate(_ALIKE)


def hash_of(words: str) -> str:
    """What is kept of a code or a token."""
    return hashes_of(words)[0]


def hashes_of(words: str) -> list[str]:
    """What may be kept of it: made with the secret in force, then with those before it."""
    told = f"{landlord_id()}:{words}"
    return [
        salted_hmac(_SALT, told, secret=secret, algorithm="sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
