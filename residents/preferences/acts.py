"""What can be done about how somebody is reached while they are on the telephone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.phone.ports import About, Act

ACTS = (
    Act(
        "Change how we reach them, what they need and what they allow",
        About.THEMSELVES,
        Permission.PEOPLE_CHANGE,
        "preferences:person_reach",
    ),
)
