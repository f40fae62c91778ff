"""Plays a landlord's threads through: said, grouped, decided, done, told, and some broken on the
way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from actionplans.decisions.models import Decision
from actionplans.decisions.operations import record_decision
from actionplans.demo import telling
from actionplans.demo.voices import BEFORE, Cast, spoken
from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.operations import (
    Said,
    count_as_taking_part,
    note_and_thank,
    record_many,
    start_theme,
)
from actionplans.outcomes.models import Outcome
from actionplans.outcomes.operations import add_evidence, record_outcome
from actionplans.plans.models import Line
from actionplans.plans.operations.lines import edit_line
from involvement.calendars.words import count
from involvement.demo.moments import ago, day, moment
from involvement.demo.queries import officer, staff_by_initials
from involvement.demo.sources import toml_of
from involvement.landlords.models import Landlord, Place, Subject
from residents.people.models import Person
from structures.bodies.models import Body

# A whole landlord has this many more threads, over five quarters.
MORE: Final = 205
FIVE_QUARTERS: Final = 450
SPREAD: Final = 30
THANKED = "Thank you for telling us. It has been passed on to those it concerns."


def load(landlord: Landlord, *, full: bool) -> str:
    """Play the threads of the landlord in scope that have not been played yet."""
    facts = toml_of("actionplans", f"threads/{landlord.slug}.toml")
    if not facts:
        return ""
    library = toml_of("actionplans", "threads/library.toml")
    cast = _cast(facts["meetings"])
    stage = Stage(cast, library["themes"])
    for number, plot in enumerate(facts["threads"]):
        stage.play(plot["theme"], number, plot)
    stage.speak_alone(library["loose"])
    if full:
        for number, plot in enumerate(more_plots(facts["threads"], list(library["themes"]))):
            stage.play(f"more-{number}", number, plot)
    while count_as_taking_part(by=officer(), at=ago(0)):
        pass
    return (
        f"{count(stage.said, 'statement')} in {count(stage.played, 'theme')}" if stage.said else ""
    )


def more_plots(own: Sequence[dict[str, Any]], themes: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What happened in the rest of a whole landlord: the same themes at other places and times,
    decided by those who decide such things there."""
    decided = [plot for plot in own if "decided" in plot]
    for number in range(MORE):
        like = decided[number % len(decided)]
        first = 40 + number * 37 % (FIVE_QUARTERS - 60)
        plot = {
            "theme": themes[number % len(themes)],
            "first": first,
            "owner": like["owner"],
            "at_place": number,
        }
        plot |= {name: like[name] for name in ("by", "officer") if name in like}
        if number % 12 != 11:
            plot["decided"] = max(first - 32 - number % 20, 3)
            plot["untold"] = 2 if number % 15 == 14 else 0
        if plot.get("decided", 0) > 40:
            plot |= {"outcome": plot["decided"] // 2, "evidence": number % 10 != 9}
            plot["verdicts"] = plot["outcome"] > 45 and number % 3 == 0
        yield plot


def _cast(meetings: Sequence[str]) -> Cast:
    people = Person.objects.filter(is_demo=True, reference="").select_related(
        "place", "place__unit", "unit"
    )
    places = Place.objects.filter(parent__isnull=False).select_related("unit")
    return Cast(
        people=list(people.order_by("pk")),
        bodies=list(Body.objects.order_by("pk")),
        places=list(places.order_by("pk")),
        # Of two subjects of one name the upper one, which was planted first, counts
        subjects={each.name: each for each in Subject.objects.order_by("-pk")},
        meetings=meetings,
    )


class Stage:
    """One landlord's threads being played. Counts what it wrote."""

    def __init__(self, cast: Cast, themes: dict[str, Any]) -> None:
        self.cast, self.themes = cast, themes
        self.staff = staff_by_initials()
        self.bodies = {body.name: body for body in cast.bodies}
        self.by = officer()
        self.known = set(
            Feedback.objects.filter(fingerprint__startswith="demo-").values_list(
                "fingerprint", flat=True
            )
        )
        self.said = self.played = 0

    def play(self, key: str, number: int, plot: dict[str, Any]) -> None:
        """One thread from first word to last, unless it has been played."""
        if f"demo-{key}-0" in self.known:
            return
        facts = self.themes[plot["theme"]]
        words = self._words(facts["said"], plot)
        days = said_on_days(plot, len(words))
        said = self._record(spoken(self.cast, (key, number), words, days, facts["subject"]))
        theme = self._theme(facts, plot, said, ago(days[-1], number))
        self.played += 1
        if "decided" not in plot:
            return
        decision = self._decision(theme, facts["decision"], plot)
        replies = telling.tell(decision, said, untold=plot.get("untold", 0), by=self.by)
        if "outcome" in plot and "outcome" in facts:
            outcome = self._outcome(decision, facts["outcome"], plot)
            if plot.get("verdicts"):
                telling.ask(outcome, replies, by=self.by)
        if "row" in plot:
            self._line_arose_from(plot["row"], decision)

    def speak_alone(self, loose: Sequence[dict[str, str]]) -> None:
        """What was said by itself; all but the latest noted and thanked."""
        new: list[Said] = []
        for number, facts in enumerate(loose):
            key = f"alone-{number}"
            if f"demo-{key}-0" not in self.known:
                said = [facts["words"]]
                days = [3 + number * 16]
                new += spoken(self.cast, (key, number), said, days, facts["subject"])
        rows = [row for row in self._record(new) if row.said_on < day(25)]
        for quarter in range(0, len(rows), 6):
            noted = rows[quarter : quarter + 6]
            at = moment(noted[-1].said_on, 20) + dt.timedelta(days=3)
            note_and_thank(feedback=noted, reason=THANKED, by=self.by, at=at)

    def _words(self, said: Sequence[str], plot: dict[str, Any]) -> list[str]:
        if "at_place" not in plot:
            return list(said[: plot.get("people", 8)])
        number = plot["at_place"]
        return [BEFORE[(number + at) % len(BEFORE)] + words for at, words in enumerate(said[:8])]

    def _record(self, statements: Iterable[Said]) -> list[Feedback]:
        """Into the log, a month at a time, on the day of its last statement."""
        made = []
        in_order = sorted(statements, key=lambda one: one.said_on)
        for _, month in groupby(in_order, key=lambda one: (one.said_on.year, one.said_on.month)):
            batch = list(month)
            made += record_many(said=batch, by=self.by, at=moment(batch[-1].said_on, 12))
        self.said += len(made)
        return made

    def _theme(
        self, facts: dict[str, Any], plot: dict[str, Any], said: list[Feedback], at: dt.datetime
    ) -> Theme:
        title = plot.get("title", facts["title"])
        if "at_place" in plot:
            places = self.cast.places
            title = f"{title}: {places[plot['at_place'] % len(places)].name}"
        owner = self.staff[plot["owner"]]
        return start_theme(
            title=title,
            summary=facts["summary"],
            subject=self.cast.subjects[facts["subject"]],
            owner_staff=owner,
            owner_team=owner.team,
            feedback=said,
            is_demo=True,
            by=self.by,
            at=max(at, said[-1].recorded_at),
        )

    def _decision(self, theme: Theme, facts: dict[str, Any], plot: dict[str, Any]) -> Decision:
        decider: dict[str, Any] = (
            {"body": self.bodies[plot["by"]]}
            if "by" in plot
            else {"officer": self.staff[plot["officer"]]}
        )
        votes = plot.get("votes")
        counted = {"votes_for": votes[0], "votes_against": votes[1]} if votes else {}
        return record_decision(
            theme=theme,
            result=facts["result"],
            what=facts["what"],
            because=facts.get("because", ""),
            reason=facts.get("reason", ""),
            decided_on=day(plot["decided"]),
            by=self.by,
            at=ago(plot["decided"], theme.pk),
            **decider,
            **counted,
        )

    def _outcome(self, decision: Decision, facts: dict[str, Any], plot: dict[str, Any]) -> Outcome:
        at = ago(plot["outcome"], decision.pk)
        words = {name: said for name, said in facts.items() if name != "evidence"}
        outcome = record_outcome(
            decision=decision, happened_on=day(plot["outcome"]), by=self.by, at=at, **words
        )
        if plot.get("evidence", True):
            add_evidence(outcome=outcome, words=facts["evidence"], by=self.by, at=at)
        return outcome

    def _line_arose_from(self, row: int, decision: Decision) -> None:
        line = Line.objects.filter(source_row=row).order_by("pk").first()
        if line is not None:
            edit_line(
                line=line,
                version=line.version,
                values={"arose_from": decision},
                by=self.by,
                at=decision.recorded_at,
            )


def said_on_days(plot: dict[str, Any], number: int) -> list[int]:
    """How many days ago each of `number` statements was said, the first first."""
    until = plot.get("decided", 0) + 4
    spread = max(min(SPREAD, plot["first"] - until), 0)
    return [plot["first"] - at * spread // max(number - 1, 1) for at in range(number)]
