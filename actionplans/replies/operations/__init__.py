"""The only writers of replies and verdicts."""

from actionplans.replies.operations.asking import answer_question, ask_whether_it_happened
from actionplans.replies.operations.telling import (
    note_what_went,
    tell_everybody,
    tick_off,
    told_by_hand,
)

__all__ = [
    "answer_question",
    "ask_whether_it_happened",
    "note_what_went",
    "tell_everybody",
    "tick_off",
    "told_by_hand",
]
