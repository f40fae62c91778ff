"""The pages: `rules` of the sets of rules, `people` of one person and their verdicts."""

from residents.eligibility.views.people import attest, person_joining, verdict
from residents.eligibility.views.rules import (
    condition_choose,
    condition_drop,
    condition_set,
    outside_check_add,
    outside_check_change,
    outside_check_put,
    rule_set_add,
    rule_set_change,
    rule_set_detail,
    rule_set_list,
    rule_set_put,
)

__all__ = [
    "attest",
    "condition_choose",
    "condition_drop",
    "condition_set",
    "outside_check_add",
    "outside_check_change",
    "outside_check_put",
    "person_joining",
    "rule_set_add",
    "rule_set_change",
    "rule_set_detail",
    "rule_set_list",
    "rule_set_put",
    "verdict",
]
