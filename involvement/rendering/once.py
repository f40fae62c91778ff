from __future__ import annotations

import logging


class SaidOnce(logging.Filter):
    """Lets a message that begins with `beginning` through once in the life of a process."""

    def __init__(self, beginning: str) -> None:
        super().__init__()
        self._beginning = beginning
        self._said = False

    def filter(self, record: logging.LogRecord) -> bool:
        if not str(record.msg).startswith(self._beginning):
            return True
        said, self._said = self._said, True
        return not said
