"""What somebody can tell us about themselves over the telephone, for statistics alone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.phone.ports import About, Act

ACTS = (
    Act(
        "Key in their equality answers",
        About.THEMSELVES,
        Permission.EQUALITY_RECORD,
        "profiles:card_key_in",
    ),
)
