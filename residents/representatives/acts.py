"""Who acts for whom, settled while somebody is on the telephone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.phone.ports import About, Act

ACTS = (
    Act(
        "Who may act for them",
        About.THEMSELVES,
        Permission.PEOPLE_READ,
        "representatives:person_authorities",
    ),
)
