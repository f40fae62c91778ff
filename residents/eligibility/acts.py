"""What can be looked up about joining while somebody is on the telephone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.phone.ports import About, Act

ACTS = (
    Act(
        "What they may join", About.TAKE_PART, Permission.PEOPLE_READ, "eligibility:person_joining"
    ),
)
