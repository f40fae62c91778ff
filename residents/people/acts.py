"""What can be done about somebody's own entry while they are on the telephone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.phone.ports import About, Act

ACTS = (
    Act(
        "Change their name, number or address",
        About.THEMSELVES,
        Permission.PEOPLE_CHANGE,
        "people:person_change",
    ),
    Act("They have moved", About.THEMSELVES, Permission.PEOPLE_CHANGE, "people:person_move"),
)
