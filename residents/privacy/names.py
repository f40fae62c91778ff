"""A person's name as others may have written it down, and the names beside it that are not theirs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "lady", "rev", "prof"})
ANOTHER: Final = "[another person]"
CONTACT: Final = "[contact details]"
LENGTHS: Final = (4, 3, 2)
"""How many words a name in a text may have, the longest tried first."""
LEAST_FOR_SLIPS: Final = 5
"""A shorter surname is too like others for a letter wrong in it to mean anything."""

_NOTE = re.compile(r"\([^)]*\)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\w)\+?\d[\d\s()-]{8,17}\d(?!\w)")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+[A-ZÀ-ÖØ-Þ][\w’'-]+")
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-ÞŁŴŶ][\w’'-]+(?:[ ]+[A-ZÀ-ÖØ-ÞŁŴŶ][\w’'-]+)+")


def words_of(name: str) -> list[str]:
    """The words of a name without titles and without a note in brackets."""
    words = re.findall(r"[^\W\d_][\w’'-]*", _NOTE.sub(" ", name))
    return [word for word in words if word.lower() not in TITLES]


def plain(text: str) -> str:
    """Lower case, without accents: "Żółć" and "Zolc" are one."""
    text = text.lower().replace("ł", "l").replace("ø", "o").replace("’", "'")
    spread = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in spread if not unicodedata.combining(mark))


@dataclass(frozen=True)
class Wanted:
    r"""What to look for of one person. `certain` and `possible` are Python's, `exact`
    and `search` the same as PostgreSQL's."""

    certain: re.Pattern[str]
    possible: re.Pattern[str]
    search: str
    exact: str
    surname: str

    @classmethod
    def of(cls, name: str, contacts: Iterable[str] = ()) -> Wanted | None:
        """How to find a person by name and ways to reach them; None where the name says nothing."""
        words = words_of(name)
        contacts = [one.strip() for one in contacts if len(one.strip()) >= 6]
        if not words and not contacts:
            return None
        surname = words[-1] if words else ""
        sure = [_either_space(words)] if len(words) > 1 else []
        titles = "|".join(sorted(TITLES))
        sure += [rf"(?:{titles})\.?\s+{re.escape(surname)}"] if surname else []
        sure += [re.escape(one) for one in contacts]
        slips = list(_slips(surname)) if len(surname) >= LEAST_FOR_SLIPS else []
        maybe = [re.escape(surname), *slips] if len(words) > 1 or slips else []
        maybe = maybe or ([re.escape(surname)] if surname else [])
        found = "|".join(dict.fromkeys([*maybe, *(re.escape(one) for one in contacts)]))
        return cls(
            certain=re.compile(rf"(?<!\w)(?:{'|'.join(sure)})(?!\w)", re.IGNORECASE),
            possible=re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE),
            search=rf"\m(?:{found})\M",
            exact=rf"\m(?:{'|'.join(sure)})\M",
            surname=surname,
        )


def may_name(text: str, wanted: Wanted) -> bool:
    """Whether a text may name them: a surname like theirs begins with a capital."""
    return any(not found[0][0].islower() for found in wanted.possible.finditer(text))


def without_others(text: str, *, wanted: Wanted, people: frozenset[str]) -> str:
    """The text with other people's names and contact details taken out, as a proposal.

    `people` are names of the register, plain. Names are never found for certain, so an officer
    reads what this leaves.
    """

    def titled(found: re.Match[str]) -> str:
        return found[0] if wanted.possible.search(found[0]) else ANOTHER

    def named(found: re.Match[str]) -> str:
        return _without(found[0].split(), people, wanted)

    def reached(found: re.Match[str]) -> str:
        return found[0] if wanted.certain.search(found[0]) else CONTACT

    text = _EMAIL.sub(reached, text)
    text = _PHONE.sub(reached, text)
    text = _TITLED.sub(titled, text)
    return _CAPITALS.sub(named, text)


def names_in(text: str) -> set[str]:
    """What may be a person's name in a text: two to four words with capitals, plain."""
    return {
        plain(" ".join(words[start : start + length]))
        for found in _CAPITALS.finditer(text)
        for words in [found[0].split()]
        for length in LENGTHS
        for start in range(len(words) - length + 1)
    }


def with_a_resident(text: str, wanted: Wanted, instead: str = "a resident") -> str:
    """The text with "a resident" where it certainly names them."""
    return wanted.certain.sub(instead, text)


def _without(words: list[str], people: frozenset[str], wanted: Wanted) -> str:
    """A run of words with capitals, with every name in it that is another person's taken out."""
    kept, at = [], 0
    while at < len(words):
        for length in LENGTHS:
            name = " ".join(words[at : at + length])
            if plain(name) in people and not wanted.certain.search(name):
                kept.append(ANOTHER)
                at += length
                break
        else:
            kept.append(words[at])
            at += 1
    return " ".join(kept)


def _either_space(words: list[str]) -> str:
    first, last = words[0], words[-1]
    full = r"\s+".join(re.escape(word) for word in words)
    short = rf"{re.escape(first)}\s+{re.escape(last)}"
    initial = rf"{re.escape(first[0])}\.?\s+{re.escape(last)}"
    return "|".join(dict.fromkeys([full, short, initial]))


def _slips(surname: str) -> Iterator[str]:
    """The surname with one letter wrong, missing or too many; never its first, and never its plural
    or its possessive, which the bare name finds."""
    for place in range(1, len(surname)):
        before, after = re.escape(surname[:place]), re.escape(surname[place + 1 :])
        yield rf"{before}\w?{after}"
        yield rf"{before}\w{re.escape(surname[place:])}"
    yield rf"{re.escape(surname)}\w"
