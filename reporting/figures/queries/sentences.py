"""The sentences a report opens and explains itself with."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from involvement.calendars.periods import Period
from involvement.calendars.words import count, say_date, say_list
from reporting.catalogue.queries import Kind


def opening_of(kind: Kind, numbers: dict[str, int]) -> str:
    """What is so, in two or three sentences. A quarter in which nothing was said says that."""
    who = "You" if kind.speaks_to_residents else "Residents"
    if not numbers["said"]:
        return f"{who} told us nothing that is in our log. The fault may be ours: ask us how to be heard."
    told = f"{who} told us {count(numbers['said'], 'thing')}."
    came = []
    if numbers["done"]:
        came.append(f"done {numbers['done']:,} of them")
    if numbers["will"]:
        came.append(
            f"agreed to {numbers['will']:,} more" if came else f"agreed to {numbers['will']:,}"
        )
    if numbers["not"]:
        came.append(f"said no to {numbers['not']:,} and given the reason")
    if numbers["noted"]:
        came.append(f"noted {numbers['noted']:,} with thanks")
    words = [told, f"We have {say_list(came)}."] if came else [told]
    if numbers["waiting"]:
        still = "still waits" if numbers["waiting"] == 1 else "still wait"
        words.append(f"{numbers['waiting']:,} {still} for a decision.")
    else:
        words.append("None waits for a decision.")
    if changes := numbers["changes"]:
        words.append(f"We made {count(changes, 'change')} in this time.")
    return " ".join(words)


def rule_of(period: Period, moment: dt.datetime, late: int, found_late: int) -> str:
    """By which rule the report counts, and what it leaves out."""
    first, last = say_date(period.start), say_date(period.end)
    words = (
        f"This report counts what was said from {first} to {last}, and what was decided and done "
        f"in those days, as our records stood at the end of {say_date(timezone.localdate(moment))}. "
    )
    if timezone.localdate(moment + dt.timedelta(seconds=1)) <= period.end:
        words += "The period was not over when it was counted. "
    words += "Each decision and each change is counted in one report only."
    if found_late:
        come, is_ = (
            ("decision or change", "is") if found_late == 1 else ("decisions and changes", "are")
        )
        words += (
            f" {found_late:,} {come} of before {first} came into our records too late for the "
            f"report of that time, and {is_} counted here."
        )
    if late:
        were = "thing was" if late == 1 else "things were"
        words += f" {late:,} more {were} said in the period but recorded after that day."
    return words
