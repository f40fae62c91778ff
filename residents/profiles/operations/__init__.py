"""The only writers of what surrounds equality answers; the answers themselves go through `store`.

No line of history says what was answered, or whether anything was.
"""

from residents.profiles.operations.answering import (
    answer_by_link,
    close_link,
    open_link,
    record_card,
    send_link,
)
from residents.profiles.operations.consents import (
    lift_objection,
    record_consent,
    record_objection,
    withdraw_consent,
)
from residents.profiles.operations.setting_up import (
    begin_question_set,
    change_age_bands,
    found,
    remove_target,
    set_target,
)

__all__ = [
    "answer_by_link",
    "begin_question_set",
    "change_age_bands",
    "close_link",
    "found",
    "lift_objection",
    "open_link",
    "record_card",
    "record_consent",
    "record_objection",
    "remove_target",
    "send_link",
    "set_target",
    "withdraw_consent",
]
