"""What somebody says on the telephone, written down."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.phone.ports import About, Act, by_label

ACTS = (
    Act(
        "Write down what they say",
        About.SAY,
        Permission.FEEDBACK_RECORD,
        "feedback:record",
        takes="",
        asks=by_label,
    ),
)
