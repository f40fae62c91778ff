"""The two charts of a report."""

from __future__ import annotations

from involvement.calendars.words import count, say_list
from involvement.rendering.charts import Chart, Kind, Row
from reporting.figures.shapes import Facts

MOST_SUBJECTS = 8
# A page of large print holds a chart of so many rows with its heading.
MOST_IN_LARGE_PRINT = 5


def subjects_chart(facts: Facts, most_rows: int = MOST_SUBJECTS) -> Chart | None:
    """What was said, by subject, the rest in one row; None where it was about fewer than two."""
    if len(facts.subjects) < 2:
        return None
    said = facts.numbers["said"]
    shown = list(facts.subjects[:most_rows])
    rows = [Row(share.name, (share.count,)) for share in shown]
    rest = said - sum(share.count for share in shown)
    if rest:
        rows.append(Row("All other subjects", (rest,)))
    most = facts.subjects[0].count
    leaders = [share.name for share in facts.subjects if share.count == most]
    return Chart(
        kind=Kind.BARS,
        title=_about(leaders, most, said),
        what=f"Things said by subject, {facts.period.words}, {said:,} in all.",
        source=_source(facts),
        rows=tuple(rows),
        series=("things said",),
        rows_name="Subject",
        code="S01",
    )


def _about(leaders: list[str], most: int, said: int) -> str:
    if len(leaders) == 1:
        return f"Most was said about {leaders[0]}: {most:,} of {count(said, 'thing')}"
    if len(leaders) > 3:
        return f"What was said is spread over {count(len(leaders), 'subject')}, {most:,} each"
    return f"Most was said about {say_list(leaders)}: {most:,} each of {count(said, 'thing')}"


def steps_chart(facts: Facts) -> Chart | None:
    """From said to done: how far the thread holds. None where nothing was said."""
    n = facts.numbers
    if not n["said"]:
        return None
    answered = n["decided"] + n["noted"]
    agreed = n["done"] + n["will"]
    rows = [
        _step("Decided or noted", answered, n["said"], "of {} said", "{} wait for a decision"),
        _step(
            "People told",
            n["told"],
            n["to_tell"],
            "of {} to tell",
            "{} not told yet",
            thing="person or group",
            things="people and groups",
        ),
        _step("Done", n["done"], agreed, "of {} agreed", "{} still to do"),
        _step(
            "Asked “Did it happen?”, and answered",
            n["answered"],
            n["asked"],
            "of {} asked",
            "{} not answered yet",
            thing="person",
            things="people",
        ),
    ]
    return Chart(
        kind=Kind.BARS,
        title=_finding(answered, n["said"], n["done"], agreed),
        what=f"Things said in {facts.period.words}, and how far they had come by its end.",
        marks="Solid: reached. Dashed: not yet.",
        source=_source(facts),
        rows=tuple(row for row in rows if row is not None),
        series=("reached",),
        rows_name="Step",
        code="S02",
        thread=True,
    )


def _step(
    label: str,
    reached: int,
    base: int,
    note: str,
    missing: str,
    *,
    thing: str = "thing",
    things: str = "",
) -> Row | None:
    if not base:
        return None
    rest = base - reached
    return Row(
        label,
        (reached,),
        note.format(count(base, thing, things or None)),
        rest=rest or None,
        rest_words=missing.format(f"{rest:,}") if rest else "",
    )


def _finding(answered: int, said: int, done: int, agreed: int) -> str:
    words = (
        f"All of the {count(said, 'thing')} said have an answer"
        if answered == said and said > 1
        else f"{answered:,} of {count(said, 'thing')} said {'has' if answered == 1 else 'have'} an answer"
    )
    if agreed:
        words += f"; {done:,} of {agreed:,} agreed {'is' if done == 1 else 'are'} done"
    return words


def _source(facts: Facts) -> str:
    return f"Source: the log of {facts.whose.name}, counted up to {facts.counted_words}."
