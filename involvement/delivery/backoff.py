"""When something that did not go is tried again."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

MOST_ATTEMPTS: Final = 6
FIRST: Final = dt.timedelta(minutes=1)
LONGEST: Final = dt.timedelta(hours=6)
LONGEST_HOLD: Final = dt.timedelta(hours=1)


def after(attempts: int, *, of: str, longest: dt.timedelta = LONGEST) -> dt.timedelta:
    """How long to wait after so many attempts: four times as long each time.

    Up to a fifth more or less, always the same for `of`, so that what failed together does not
    come again together.
    """
    plain = min(FIRST * int(4 ** min(max(attempts - 1, 0), 10)), longest)
    drawn = hashlib.sha256(f"{of}:{attempts}".encode()).digest()
    return plain * (0.8 + 0.4 * int.from_bytes(drawn[:4]) / 2**32)
