"""Who may be one person: a score with its reasons, found without comparing everybody with everybody.

People are only compared who share a key: an e-mail address, a telephone number, how a surname
sounds together with a day of birth or an address, a first name with a day of birth. A key that more
than MOST_IN_BLOCK people share (a switchboard's number) tells nobody apart and is passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from residents.privacy.names import plain, words_of

LEAST_SCORE: Final = 55
MOST_IN_BLOCK: Final = 30
_SOUNDS: Final = (
    ("ph", "f"), ("gh", ""), ("ck", "k"), ("sch", "s"), ("sz", "s"), ("cz", "s"), ("ks", "x"),
    ("c", "k"), ("q", "k"), ("z", "s"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """What of a person is compared."""

    pk: int
    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    born_on: dt.date | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(re.sub(r"[^a-z]", "", plain(word)) for word in words_of(self.name)) or ("",)

    @cached_property
    def sound(self) -> str:
        """How the surname sounds, near enough."""
        return sound_of(self.words[-1])

    @cached_property
    def sounds(self) -> set[str]:
        """How the surname sounds, and the first name, which some write last."""
        return {self.sound, sound_of(self.words[0])}

    @cached_property
    def number(self) -> str:
        """The telephone number in digits, as one dials it here."""
        digits = re.sub(r"\D", "", self.phone)
        return re.sub(r"^(?:0044|44)", "0", digits) if len(digits) >= 10 else ""

    @cached_property
    def home(self) -> str:
        """The address in letters and digits."""
        return re.sub(r"[\W_]", "", plain(self.address))


@dataclass(frozen=True)
class Guess:
    """Two people who may be one, the older row first; `reasons` are words without what they are about."""

    first: int
    second: int
    score: int
    reasons: tuple[str, ...]


def sound_of(word: str) -> str:
    """Letters that sound alike made one, doubles single, vowels after the first letter left out."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:1] + re.sub(r"[aeiouh]", "", word[1:])


def guesses(people: Iterable[Candidate]) -> list[Guess]:
    """Every likely pair, the likeliest first."""
    blocks: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    by_name: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for one in people:
        for key in _keys(one):
            blocks[key].append(one)
        if len(one.words) > 1:
            by_name[one.words].append(one)
    found: dict[tuple[int, int], Guess] = {}
    pairs = [combinations(block, 2) for block in blocks.values() if 1 < len(block) <= MOST_IN_BLOCK]
    for first, second in (pair for block in pairs for pair in block):
        if (first.pk, second.pk) not in found:
            guess = compare(first, second)
            if guess is not None:
                found[first.pk, second.pk] = guess
    for block in by_name.values():
        if len(block) == 2 and (block[0].pk, block[1].pk) not in found:
            guess = _only_two(*block)
            if guess is not None:
                found[guess.first, guess.second] = guess
    return sorted(found.values(), key=lambda guess: (-guess.score, guess.first, guess.second))


def compare(first: Candidate, second: Candidate) -> Guess | None:
    """How likely two are one person; None where it is not."""
    named, said = _names(first, second)
    if not named:
        return None
    score, reasons = named, [said]
    for same, points, words in (
        (first.born_on and first.born_on == second.born_on, 35, "Born on the same day"),
        (
            first.email and first.email.lower() == second.email.lower(),
            35,
            "The same e-mail address",
        ),
        (first.number and first.number == second.number, 30, "The same telephone number"),
        (first.home and first.home == second.home, 25, "The same address"),
    ):
        if same:
            score += points
            reasons.append(words)
    if first.born_on and second.born_on and first.born_on != second.born_on:
        score -= 40
        reasons.append("But born on different days")
    return _guess(first, second, score, reasons)


def _only_two(first: Candidate, second: Candidate) -> Guess | None:
    """Two of a name that nobody else has, where nothing says that they are two."""
    apart = (first.born_on and second.born_on and first.born_on != second.born_on) or (
        first.home and second.home and first.home != second.home
    )
    if apart:
        return None
    return _guess(first, second, LEAST_SCORE, ["The same name, which nobody else here has"])


def _guess(first: Candidate, second: Candidate, score: int, reasons: list[str]) -> Guess | None:
    if score < LEAST_SCORE:
        return None
    low, high = sorted((first.pk, second.pk))
    return Guess(low, high, min(score, 100), tuple(reasons))


def _keys(one: Candidate) -> Iterator[tuple[str, ...]]:
    if one.email:
        yield "email", one.email.lower()
    if one.number:
        yield "phone", one.number
    for sound in one.sounds:
        if one.home:
            yield "home", sound, one.home
        if one.born_on:
            yield "born", sound, one.born_on.isoformat()


def _names(first: Candidate, second: Candidate) -> tuple[int, str]:
    """Points for how alike two names are, and how they are alike."""
    a, b = first.words, second.words
    if sorted(a) == sorted(b):
        return 40, "The same name"
    given, other = a[0], b[0]
    alike = first.sound == second.sound or _one_slip(a[-1], b[-1])
    same_first = given == other or _one_slip(given, other)
    if alike and same_first:
        return 30, "A name spelt nearly the same"
    if alike and given[:1] == other[:1] and min(len(given), len(other)) == 1:
        return 25, "The same surname and initial"
    if given == other and len(given) > 2 and first.born_on and first.born_on == second.born_on:
        return 25, "The same first name, another surname"
    return 0, ""


def _one_slip(a: str, b: str) -> bool:
    """Whether two words of some length differ by one letter: wrong, missing, or two swapped."""
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    left, right = a[start:], b[start:]
    if len(a) == len(b):
        swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    return left[1:] == right if len(a) > len(b) else left == right[1:]
