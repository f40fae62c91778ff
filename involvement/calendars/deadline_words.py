"""The words around a date in a deadline: how sure, how often, what else was asked for."""

import re
from enum import StrEnum
from typing import Final


class Certainty(StrEnum):
    """How sure a reading is."""

    CLEAR = "CLEAR"
    ASSUMED = "ASSUMED"
    UNCLEAR = "UNCLEAR"


class Repeat(StrEnum):
    """How often a deadline comes back."""

    WEEKLY = "WEEKLY"
    FORTNIGHTLY = "FORTNIGHTLY"
    MONTHLY = "MONTHLY"
    EVERY_TWO_MONTHS = "EVERY_TWO_MONTHS"
    QUARTERLY = "QUARTERLY"
    TERMLY = "TERMLY"
    HALF_YEARLY = "HALF_YEARLY"
    ANNUALLY = "ANNUALLY"
    EVERY_TWO_YEARS = "EVERY_TWO_YEARS"
    EVERY_THREE_YEARS = "EVERY_THREE_YEARS"

    @property
    def label(self) -> str:
        """How often, in words: "each year"."""
        return _OFTEN[self]


_OFTEN: Final = {
    Repeat.WEEKLY: "each week",
    Repeat.FORTNIGHTLY: "each fortnight",
    Repeat.MONTHLY: "each month",
    Repeat.EVERY_TWO_MONTHS: "every two months",
    Repeat.QUARTERLY: "each quarter",
    Repeat.TERMLY: "each term",
    Repeat.HALF_YEARLY: "each half-year",
    Repeat.ANNUALLY: "each year",
    Repeat.EVERY_TWO_YEARS: "every two years",
    Repeat.EVERY_THREE_YEARS: "every three years",
}

_DONE: Final = r"(?:now |already )?(?:completed?|done|achieved|finished|closed)"
DONE_ON: Final = re.compile(rf"{_DONE}\s*[,:-]?\s*(?:in |on )?\(?(?P<when>[^)]*\d)\)?")
DONE: Final = re.compile(
    rf"(?P<done>{_DONE})"
    r"(?:\s*[,;/&-]\s*|\s+and\s+|\s+but\s+|$)(?P<rest>.*)"
)
NO_DATE: Final = re.compile(
    r"tbc|tba|to be (?:confirmed|agreed|decided|arranged)|not (?:set|known|yet known)|unknown"
    r"|n/?a|not applicable|none|nil|-+|\?+"
)
YEAR_MARKS: Final = re.compile(r"\*+|on[\s-]?going")

REPEAT_WORDS: Final = {
    Repeat.WEEKLY: r"weekly|(?:every|each) week",
    Repeat.FORTNIGHTLY: r"fortnightly|(?:every|each) fortnight|every (?:two|2) weeks",
    Repeat.MONTHLY: r"monthly|(?:every|each) month",
    Repeat.EVERY_TWO_MONTHS: r"two[ -]monthly|every (?:two|2|other) months?",
    Repeat.QUARTERLY: r"quarterly|(?:every|each) quarter|every (?:three|3) months"
    r"|(?:four|4) times (?:a|per|each) year",
    Repeat.TERMLY: r"termly|(?:every|each) (?:school )?term",
    Repeat.HALF_YEARLY: r"half[ -]yearly|(?:six|6)[ -]monthly|every (?:six|6) months"
    r"|twice (?:a|per|each|every) year|twice[ -]yearly",
    Repeat.ANNUALLY: r"annual(?:ly)?|yearly|(?:every|each) year|once (?:a|per|each|every) year"
    r"|every (?:12|twelve) months",
    Repeat.EVERY_TWO_YEARS: r"biennial(?:ly)?|every (?:two|2|other) years?",
    Repeat.EVERY_THREE_YEARS: r"triennial(?:ly)?|every (?:three|3) years",
}
OPEN: Final = (
    r"on[ -]?going(?: basis)?|continuous(?:ly)?|continuing|continual(?:ly)?|rolling|open[ -]ended"
)
REVIEW: Final = r"(?:to be |with (?:a )?|then |for )?review(?:ed|s)?"
TWO_WAYS: Final = r"bi-?(?:annual(?:ly)?|monthly|weekly|yearly)"
_ASIDE: Final = "|".join([OPEN, REVIEW, TWO_WAYS, *REPEAT_WORDS.values()])
_JOIN: Final = r"\s*(?:[,;:/&(+-]|\b(?:and then|and|then)\b)\s*"
ASIDE_LAST: Final = re.compile(rf"(?P<rest>.*?)(?:{_JOIN}|\s+|^)(?P<aside>{_ASIDE})\)?")
ASIDE_FIRST: Final = re.compile(rf"(?P<aside>{_ASIDE})\)?(?:{_JOIN}|\s+|$)(?P<rest>.*)")
LEADS: Final = (
    ("FROM", r"from|as from|as of|since|starting(?: in| from)?|with effect from|beginning"),
    ("UNTIL", r"until|till|up to|up until|to|ending"),
    ("BEFORE", r"before"),
    (
        "BY",
        (
            r"(?:(?:due|complete|to be completed|to be done|finish) )?(?:by|in|on|during"
            r"|no later than|not later than)|due|for|target:?|deadline:?|every|each"
        ),
    ),
)
RANGE: Final = re.compile(r"\s+(?:to|until|till|through|up to)\s+|\s*-\s*")
