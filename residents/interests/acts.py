"""What can be done about somebody's interests while they are on the telephone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.phone.ports import About, Act, by_label

ACTS = (
    Act(
        "They would like to take part",
        About.TAKE_PART,
        Permission.PEOPLE_CHANGE,
        "interests:expression_record",
        takes="",
        asks=by_label,
    ),
    Act(
        "Note what interests them",
        About.TAKE_PART,
        Permission.PEOPLE_CHANGE,
        "interests:person_wishes",
    ),
)
