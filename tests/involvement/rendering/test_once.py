from __future__ import annotations

import logging

from involvement.rendering.once import SaidOnce


def said(message: str, *blanks: object) -> logging.LogRecord:
    return logging.LogRecord("weasyprint", logging.WARNING, "", 0, message, blanks, None)


def test_what_it_is_told_of_is_said_once_and_all_else_each_time() -> None:
    once = SaidOnce("No such font")

    assert once.filter(said("No such font: %s", "AHN"))
    assert not once.filter(said("No such font: %s", "AHN Print"))
    assert once.filter(said("No such picture: %s", "logo.png"))
    assert once.filter(said("No such picture: %s", "logo.png"))
