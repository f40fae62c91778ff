"""The grammar of deadlines: points in time, and the words around them.

`read_sense` takes off the words for "goes on", "comes back" and "review" from both ends, and reads
what is left as one point in time or a stretch between two.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from involvement.calendars.deadline_words import (
    ASIDE_FIRST,
    ASIDE_LAST,
    LEADS,
    OPEN,
    RANGE,
    REPEAT_WORDS,
    REVIEW,
    TWO_WAYS,
    Certainty,
    Repeat,
)
from involvement.calendars.moments import Moment, UnclearMomentError, read_moment
from involvement.calendars.periods import ONE_DAY
from involvement.calendars.words import say_date, say_day_of_year


@dataclass(frozen=True)
class Sense:
    """What a text was read to mean."""

    start: dt.date | None = None
    due: dt.date | None = None
    until: dt.date | None = None
    repeats: Repeat | None = None
    day_of_year: tuple[int, int] | None = None
    open_ended: bool = False
    review: bool = False
    assumed: bool = False
    from_name: str = ""
    due_name: str = ""

    @property
    def certainty(self) -> Certainty:
        """Whether something was assumed."""
        return Certainty.ASSUMED if self.assumed else Certainty.CLEAR

    def reading(self) -> str:
        """The sense in plain English."""
        said = [f"from {self.from_name}"] if self.from_name else []
        if self.due:
            if self.due_name:
                said.append(self.due_name)
            said.append(f"due {say_date(self.due)}")
        if self.repeats:
            said.append(self._often(self.repeats))
        if self.until:
            said.append(f"until {say_date(self.until)}")
        if self.open_ended and not self.repeats:
            said.append("no end")
        if self.review:
            said.append("with a review")
        return ", ".join(said)

    def _often(self, repeats: Repeat) -> str:
        if self.day_of_year:
            return f"{repeats.label} by {say_day_of_year(*self.day_of_year)}"
        if self.due and repeats is Repeat.ANNUALLY:
            day = say_day_of_year(self.due.month, self.due.day)
            return f"then again each year by {day}"
        if self.due:
            return f"then again {repeats.label}"
        return f"{repeats.label} (no day is given)"


def read_sense(text: str, *, year_start_month: int) -> Sense | None:
    """Read tidied text; None if it is no deadline.

    Raises UnclearMomentError where it could mean two things or names an impossible day.
    """
    asides, core, before = _without_asides(text)
    if asides is None:
        return None
    if not core:
        return replace(asides, assumed=bool(asides.repeats)) if asides != Sense() else None
    lead, rest = _lead(core)
    lead = "REVIEW" if re.fullmatch(REVIEW, before) and lead in ("", "BY") else lead
    if before == "OPEN" and not lead:
        raise UnclearMomentError(
            "It is not clear whether the date is when this starts or when it is due. Write "
            "“from” or “by” before the date."
        )
    yearly = asides.repeats is Repeat.ANNUALLY or core.startswith(("every ", "each "))
    if yearly and (day_of_year := _read_day_of_year(rest)) is not None:
        return replace(asides, repeats=Repeat.ANNUALLY, day_of_year=day_of_year)
    unclear: UnclearMomentError | None = None
    try:
        moment = read_moment(rest, year_start_month=year_start_month)
    except UnclearMomentError as error:
        moment, unclear = None, error
    if moment is not None:
        if moment.lacks_year:
            raise UnclearMomentError(f"“{rest}” does not say which year. Add the year.")
        return _at(moment, lead, asides)
    stretch = (
        _read_stretch(rest, year_start_month) if lead in ("", "FROM", "BY", "REVIEW") else None
    )
    if stretch is not None:
        return _over(*stretch, asides)
    if unclear is not None:
        raise unclear
    return None


def _without_asides(text: str) -> tuple[Sense | None, str, str]:
    """Take "and ongoing", "annually", "review" off both ends.

    Answers with their sense (None if one comes twice), what is left, and the words that stood
    right before it, since "ongoing" leaves a bare date unclear and "review" makes it the due day.
    """
    asides, before = Sense(), ""
    while True:
        last, first = ASIDE_LAST.fullmatch(text), ASIDE_FIRST.fullmatch(text)
        match = last or first
        if match is None:
            return asides, text.strip(" ,;:()"), before
        if last is None:
            before = "OPEN" if re.match(OPEN, match["aside"]) else match["aside"]
        added = _with_aside(asides, match["aside"])
        if added is None:
            return None, text, before
        asides, text = added, match["rest"].strip()


def _with_aside(asides: Sense, words: str) -> Sense | None:
    if re.fullmatch(TWO_WAYS, words):
        raise UnclearMomentError(f"“{words}” can mean twice in the time or once in two. Say which.")
    if re.fullmatch(OPEN, words):
        return None if asides.open_ended else replace(asides, open_ended=True)
    if re.fullmatch(REVIEW, words):
        return None if asides.review else replace(asides, review=True)
    if asides.repeats:
        return None
    found = next(r for r, pattern in REPEAT_WORDS.items() if re.fullmatch(pattern, words))
    return replace(asides, repeats=found)


def _lead(core: str) -> tuple[str, str]:
    for name, words in LEADS:
        if match := re.match(rf"(?:{words})\s+(?!$)", core):
            return name, core[match.end() :]
    return "", core


def _read_day_of_year(text: str) -> tuple[int, int] | None:
    if re.search(r"\d\d\d|'\d", text):
        return None
    bare = text.removeprefix("the ").removeprefix("end of ")
    try:
        moment = read_moment(bare)
        if moment is not None and not moment.lacks_year:
            return None
    except UnclearMomentError:
        moment = None
    if moment is None:
        try:
            # A leap year, so that 29 February has its place
            moment = read_moment(f"{bare} 2000")
        except UnclearMomentError:
            return None
    return (moment.last.month, moment.last.day) if moment else None


def _at(moment: Moment, lead: str, asides: Sense) -> Sense:
    """The sense of one point in time with the words before and after it."""
    wide = (moment.last - moment.first).days > 31
    sense = replace(
        asides, assumed=moment.assumed, due_name=moment.name if wide or moment.assumed else ""
    )
    if lead == "UNTIL" and asides.repeats:
        return replace(sense, until=moment.last)
    if lead == "UNTIL":
        return replace(sense, due=moment.last, open_ended=False)
    if lead == "FROM":
        assumed = sense.assumed or not (asides.open_ended or asides.repeats)
        return replace(
            sense, start=moment.first, from_name=moment.name, open_ended=True, assumed=assumed
        )
    if lead == "BEFORE":
        return replace(sense, due=moment.first - ONE_DAY, due_name=f"before {moment.name}")
    if asides.open_ended and not asides.repeats and lead != "REVIEW":
        return replace(
            sense,
            start=moment.first,
            from_name=moment.name,
            assumed=sense.assumed or lead == "BY",
        )
    return replace(sense, start=moment.first if moment.several_years else None, due=moment.last)


def _read_stretch(text: str, year_start_month: int) -> tuple[Moment, Moment] | None:
    for split in RANGE.finditer(text):
        left, right = text[: split.start()], text[split.end() :]
        try:
            last = read_moment(right, year_start_month=year_start_month)
        except UnclearMomentError:
            continue
        if last is None or last.lacks_year:
            continue
        first = _read_start(left, last, year_start_month)
        if first is None:
            continue
        if first.first > last.last:
            raise UnclearMomentError(f"“{text}” ends before it starts. Give the start and the end.")
        return first, last
    return None


def _read_start(text: str, last: Moment, year_start_month: int) -> Moment | None:
    """The first half of a stretch, which may leave its year to the second: "April to June 2010"."""
    try:
        first = read_moment(text, year_start_month=year_start_month)
    except UnclearMomentError:
        first = None
        if not re.search(r"[a-z]", text):
            return None
    if first is not None and not first.lacks_year:
        return first
    for year, assumed in ((last.last.year, False), (last.last.year - 1, True)):
        try:
            first = read_moment(f"{text} {year}", year_start_month=year_start_month)
        except UnclearMomentError:
            return None
        if first is not None and first.first <= last.last:
            return replace(first, assumed=first.assumed or assumed)
    return None


def _over(first: Moment, last: Moment, asides: Sense) -> Sense:
    """The sense of a stretch between two points in time."""
    sense = replace(
        asides,
        start=first.first,
        from_name=first.name,
        assumed=first.assumed or last.assumed,
    )
    if asides.repeats:
        return replace(sense, until=last.last)
    return replace(sense, due=last.last)
