from __future__ import annotations

import logging


class Unsaid(logging.Filter):
    """Holds back a message that begins with `beginning`: nobody who reads it can do anything."""

    def __init__(self, beginning: str) -> None:
        super().__init__()
        self._beginning = beginning

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith(self._beginning)
