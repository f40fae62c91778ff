"""Only here are codes made and used, sessions opened and ended, and calls asked for."""

from residents.signin.operations.letters import revoke_codes, write_letter
from residents.signin.operations.opening import (
    act_for,
    end_everywhere,
    end_session,
    open_session,
    sign_in,
    try_code,
    try_letter,
)
from residents.signin.operations.ringing import ask_to_be_rung, note_rung
from residents.signin.operations.sending import send_code
from residents.signin.operations.tidying import tidy

__all__ = [
    "act_for",
    "ask_to_be_rung",
    "end_everywhere",
    "end_session",
    "note_rung",
    "open_session",
    "revoke_codes",
    "send_code",
    "sign_in",
    "tidy",
    "try_code",
    "try_letter",
    "write_letter",
]
