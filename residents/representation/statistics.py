"""Shares with their range, and the index of one against another."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

# The 97.5th percentile of the normal distribution
Z: Final = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """A share of a base and its 95 % range, from 0 to 1."""

    count: int
    base: int
    value: float
    low: float
    high: float


def wilson(count: int, base: int) -> Share:
    """The share of `count` in `base` with its score interval.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212. Raises
    ValueError without a base, or for more counted than there are.
    """
    if base <= 0 or not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is no share")
    share = count / base
    spread = 1 + Z**2 / base
    middle = (share + Z**2 / (2 * base)) / spread
    half = Z * sqrt(share * (1 - share) / base + Z**2 / (4 * base**2)) / spread
    return Share(count, base, share, max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True)
class Base:
    """What a share is out of, where some of those left out of it are hidden: at least, at most."""

    least: int
    most: int

    @property
    def is_known(self) -> bool:
        return self.least == self.most

    def __str__(self) -> str:
        return f"{self.most:,}" if self.is_known else f"{self.least:,} to {self.most:,}"


def share_of(count: int, base: Base) -> Share:
    """The share of `count` with a range that holds whatever the base is. Raises as `wilson`."""
    least = max(count, base.least)
    low, high = wilson(count, base.most), wilson(count, least)
    return Share(count, base.most, low.value, low.low, high.high)


@dataclass(frozen=True)
class Index:
    """How a share among those involved stands to the one among residents: 1 is alike.

    The share among residents is a count of them all, so the range is that of those involved, and
    wider only where it is hidden how many residents did not say.
    """

    value: float
    low: float
    high: float

    @property
    def excludes_one(self) -> bool:
        return self.high < 1 or self.low > 1


def index_of(involved: Share, lives: float, lives_most: float | None = None) -> Index | None:
    """The representation index, or None where nobody of the group lives here.

    `lives` is the share among residents, at most `lives_most`.
    """
    if lives <= 0:
        return None
    low = involved.low / max(lives, lives_most or 0)
    return Index(involved.value / lives, low, involved.high / lives)
