"""What may be done with messages, letters and the providers they go by."""

from involvement.delivery.operations.coming_back import (
    count_refused_call,
    hand_on,
    make_hook,
    note_inbound,
    note_receipt,
    settle_inbound,
)
from involvement.delivery.operations.deciding import (
    decide_many,
    give_up,
    mark_gone,
    report_failure,
    retry_message,
)
from involvement.delivery.operations.letters import make_letter_batch, mark_posted
from involvement.delivery.operations.providers import (
    change_provider,
    hold_provider,
    keep_provider,
    note_try,
    provider_for,
    provider_for_email,
    switch_off,
    switch_on,
)
from involvement.delivery.operations.queueing import (
    cancel_message,
    cancel_waiting,
    mark_done_by_hand,
    queue_message,
    send_soon,
)
from involvement.delivery.operations.trying import lease_message, note_asked, note_outcome

__all__ = [
    "cancel_message",
    "cancel_waiting",
    "change_provider",
    "count_refused_call",
    "decide_many",
    "give_up",
    "hand_on",
    "hold_provider",
    "keep_provider",
    "lease_message",
    "make_hook",
    "make_letter_batch",
    "mark_done_by_hand",
    "mark_gone",
    "mark_posted",
    "note_asked",
    "note_inbound",
    "note_outcome",
    "note_receipt",
    "note_try",
    "provider_for",
    "provider_for_email",
    "queue_message",
    "report_failure",
    "retry_message",
    "send_soon",
    "settle_inbound",
    "switch_off",
    "switch_on",
]
