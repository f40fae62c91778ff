"""Measures two ways in one run, warm and in turns, and says how many times as long one takes."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 7


def seconds(do: Callable[[], Any]) -> float:
    """How long one go takes. What earlier goes left behind is cleared away before."""
    gc.collect()
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def hold(
    what: str,
    ours: Callable[[], Any],
    beside: Callable[[], Any],
    *,
    most: float,
    rounds: int = ROUNDS,
) -> None:
    """Print how `ours` compares with `beside` by the median, and fail where it takes more than
    `most` times as long. Both are done once beforehand, then in turns."""
    ours()
    beside()
    pairs = [(seconds(ours), seconds(beside)) for _ in range(rounds)]
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = mine / theirs
    print(
        f"\n{what}: {1000 * mine:,.0f} ms beside {1000 * theirs:,.0f} ms, "
        f"{ratio:.2f} times; at most {most:g}"
    )
    assert ratio <= most, f"{what} takes {ratio:.2f} times as long; at most {most:g} is allowed"
