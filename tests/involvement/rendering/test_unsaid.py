from __future__ import annotations

import logging

from involvement.rendering.unsaid import Unsaid


def said(message: str, *blanks: object) -> logging.LogRecord:
    return logging.LogRecord("weasyprint", logging.WARNING, "", 0, message, blanks, None)


def test_what_it_is_told_of_is_held_back_and_all_else_is_said() -> None:
    unsaid = Unsaid("No such font")

    assert not unsaid.filter(said("No such font: %s", "AHN"))
    assert unsaid.filter(said("No such picture: %s", "logo.png"))
