"""The only writers of who may join what."""

from residents.eligibility.operations.people import attest, check_as_they_join, check_person
from residents.eligibility.operations.rules import (
    CHECK_FIELDS,
    FIELDS,
    add_outside_check,
    add_rule_set,
    ask,
    ask_no_more,
    change_outside_check,
    change_rule_set,
    put_away,
    put_check_away,
)

__all__ = [
    "CHECK_FIELDS",
    "FIELDS",
    "add_outside_check",
    "add_rule_set",
    "ask",
    "ask_no_more",
    "attest",
    "change_outside_check",
    "change_rule_set",
    "check_as_they_join",
    "check_person",
    "put_away",
    "put_check_away",
]
