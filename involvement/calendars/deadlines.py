"""Deadlines as landlords write them: "Dec 08 and annually", "By 2015", "2013/on-going".

The words are kept exactly. They are read into a start, a due day, a repeat and an open end as far
as they can be, with how sure the reading is. What cannot be read is flagged with a sentence for an
officer; it is never refused and never guessed in silence.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from involvement.calendars.deadline_grammar import Sense, read_sense
from involvement.calendars.deadline_words import (
    DONE,
    DONE_ON,
    NO_DATE,
    YEAR_MARKS,
    Certainty,
    Repeat,
)
from involvement.calendars.moments import MONTH, UnclearMomentError, read_moment, tidy
from involvement.calendars.words import count

__all__ = ["Certainty", "Deadline", "Repeat", "read_deadline", "split_owner_and_deadline"]

_LONGEST = 300
# How the second line of one deadline broken over two lines begins
_GOES_ON = re.compile(r"(?:and|then|to|until|till)\b|[/&,-]")
_NOT_READ = "This could not be read as a deadline. Give a date, a month and year, or “Ongoing”."


@dataclass(frozen=True)
class Deadline:
    """What was written, and what was read from it.

    `start` and `due` are days; `until` is the day a repeat stops; `day_of_year` is the month and
    day of a yearly repeat that names no year. `review` says a review was asked for, `done_words`
    that the cell holds a status ("Complete") and not, or not only, a deadline. `reading` says in
    plain English what was read; `problem`, when not empty, what an officer should do about it.
    `parts` are the deadlines of a cell that holds several.
    """

    words: str
    start: dt.date | None = None
    due: dt.date | None = None
    until: dt.date | None = None
    repeats: Repeat | None = None
    day_of_year: tuple[int, int] | None = None
    open_ended: bool = False
    review: bool = False
    done_words: bool = False
    certainty: Certainty = Certainty.CLEAR
    understood: bool = True
    reading: str = ""
    problem: str = ""
    parts: "tuple[Deadline, ...]" = ()

    @property
    def blank(self) -> bool:
        """Whether nothing was written: no deadline, and nothing for an officer to put right."""
        return not self.words.strip()

    @property
    def flagged(self) -> bool:
        """Whether an officer should look at it."""
        return bool(self.problem)


def read_deadline(words: str, *, year_start_month: int = 4) -> Deadline:
    """Read the words of a deadline. Never raises; see the head of this file.

    `year_start_month` is the month the landlord's financial year starts, for "2012/13".
    """
    lines = [line for line in words.splitlines() if line.strip()]
    if not lines:
        return Deadline(words, understood=False, reading="no deadline")
    if len(words) > _LONGEST:
        return _flagged(words, "This is too long for a deadline. Keep the date only.")
    if all(YEAR_MARKS.fullmatch(tidy(line)) for line in lines) and "*" in words:
        return _flagged(
            words,
            f"{count(len(lines), 'mark')} for the year that heads the column. "
            "Put each mark on the line it belongs to.",
            reading=count(len(lines), "year mark"),
        )
    if len(lines) == 1:
        return _read_text(words, year_start_month)
    parts = [_read_text(line, year_start_month) for line in lines]
    goes_on = any(_GOES_ON.match(tidy(line)) for line in lines[1:])
    if goes_on or not all(part.understood for part in parts):
        joined = _read_text(words, year_start_month)
        if joined.understood:
            return joined
    return _combined(words, parts)


def split_owner_and_deadline(cell: str) -> tuple[str, str]:
    """Split a cell that holds owners and then a deadline, where the deadline starts.

    "RISM and NRG March 2009 and ongoing" gives ("RISM and NRG", "March 2009 and ongoing"). Either
    side may be empty. The words of both are kept; only the space or comma between them goes.
    """
    match = _DEADLINE_STARTS.search(cell)
    if not match:
        return cell.strip(), ""
    owners = re.sub(r"[\s,;:(–—-]+$", "", cell[: match.start()])
    return owners.strip(), cell[match.start() :].strip()


def _read_text(words: str, year_start_month: int) -> Deadline:
    text = tidy(words).strip(" .,;:")
    if NO_DATE.fullmatch(text):
        return _flagged(words, f"“{words.strip()}” gives no date. Set one when it is known.")
    try:
        if done := _read_status(words, text, year_start_month):
            return done
        sense = read_sense(text, year_start_month=year_start_month)
    except UnclearMomentError as error:
        return _flagged(words, str(error))
    if sense is not None:
        return _from_sense(words, sense)
    pieces = [piece for piece in re.split(r"\s*[,;&]\s*|\s+and\s+", text) if piece]
    parts = [_read_text(piece, year_start_month) for piece in pieces] if len(pieces) > 1 else []
    if parts and all(part.understood for part in parts):
        return _combined(words, parts)
    return _flagged(words, _NOT_READ)


def _read_status(words: str, text: str, year_start_month: int) -> Deadline | None:
    """A status in place of a deadline: "Complete", "Completed March 2009", "Complete / Ongoing"."""
    if (match := DONE_ON.fullmatch(text)) and (day := _named_day(match["when"], year_start_month)):
        return Deadline(words, done_words=True, reading=f"done, {day}")
    match = DONE.fullmatch(text)
    if match is None:
        return None
    if not match["rest"]:
        return Deadline(words, done_words=True, reading="done; no date is given")
    done = Deadline(words[: match.end("done")], done_words=True, reading="done")
    return _combined(words, [done, _read_text(match["rest"], year_start_month)])


def _named_day(text: str, year_start_month: int) -> str:
    moment = read_moment(text, year_start_month=year_start_month)
    return moment.name if moment else ""


def _from_sense(words: str, sense: Sense) -> Deadline:
    return Deadline(
        words,
        start=sense.start,
        due=sense.due,
        until=sense.until,
        repeats=sense.repeats,
        day_of_year=sense.day_of_year,
        open_ended=sense.open_ended,
        review=sense.review,
        certainty=sense.certainty,
        reading=sense.reading(),
    )


def _flagged(words: str, problem: str, *, reading: str = "not understood") -> Deadline:
    return Deadline(
        words,
        certainty=Certainty.UNCLEAR,
        understood=False,
        reading=reading,
        problem=problem,
    )


def _combined(words: str, parts: list[Deadline]) -> Deadline:
    """One reading for several deadlines: theirs if they agree, or else a flag with all of them."""
    if all(replace(part, words="") == replace(parts[0], words="") for part in parts):
        return replace(parts[0], words=words)
    problem = f"This holds {len(parts)} deadlines. Say which target each one belongs to."
    if any(part.done_words for part in parts):
        problem = (
            "Part of this is done and part is not. Say which part is done, and give the rest its "
            "own deadline."
        )
    unread = [part.problem for part in parts if not part.understood]
    return Deadline(
        words,
        repeats=None,
        open_ended=any(part.open_ended for part in parts),
        review=any(part.review for part in parts),
        done_words=any(part.done_words for part in parts),
        certainty=Certainty.UNCLEAR,
        understood=False,
        reading="; ".join(part.reading for part in parts),
        problem=" ".join([problem, *dict.fromkeys(unread)]),
        parts=tuple(parts),
    )


_LEAD = (
    r"(?:(?:by|from|until|till|before|since|due|in)\s+)?(?:(?:the\s+)?end\s+of\s+)?"
    r"(?:early\s+|mid[\s-]+|late\s+)?"
)
_STANDS_LAST = r"(?=\s*(?:$|[,;/&()–-]|(?:and|then|from|until|to|by|in)\b|\d))"
# A month or a date anywhere; a word such as "ongoing" or a bare year only where the owner cannot
# go on after it ("Ongoing Repairs Team", "2010 Project Board")
_DEADLINE_STARTS = re.compile(
    rf"(?<!\w){_LEAD}(?:"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}[\s.,'’/–-]*\d"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d"
    r"|(?:19|20)\d\d\s*[/–-]\s*(?:\d|on)"
    r"|Q[1-4]\b"
    rf"|(?:(?:19|20)\d\d|on[\s-]?going|annually|yearly|quarterly|monthly|weekly|termly){_STANDS_LAST}"
    r"|(?:tbc|tba|completed?)\s*$"
    r")",
    re.IGNORECASE,
)
