"""One theme's seven stations: said, theme, decision, line, outcome, told, did it happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, F
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.decisions.queries import decisions_on
from actionplans.feedback.models import Theme, ThemeEntry
from actionplans.outcomes.models import Outcome
from actionplans.outcomes.queries import outcomes_by_theme
from actionplans.plans.models import Line
from actionplans.replies.hearers import Hearer, hearers_of, not_told
from actionplans.replies.policies import ASKED_AFTER, to_tell
from actionplans.replies.verdicts import Totals, totals_of
from actionplans.replies.words import told_words, untold_words
from involvement.calendars.words import count, say_days

LINE_WITHIN: Final = dt.timedelta(days=30)
"""An agreed decision leads to a line or an outcome within this time."""
EVIDENCE_WITHIN: Final = dt.timedelta(days=14)
"""A claim is shown to be so within this time."""


@dataclass(frozen=True)
class Station:
    """One knot: `state` is tied, no, cut, ours or todo; `breaks` says a cut in words."""

    name: str
    state: str
    on: dt.date | None = None
    after: str = ""
    breaks: str = ""


@dataclass
class Thread:
    """A theme with everything that hangs on it, read on one day."""

    theme: Theme
    today: dt.date
    said: int = 0
    decision: Decision | None = None
    lines: list[Line] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    outcomes_before: list[Outcome] = field(default_factory=list)
    """What decisions had changed that the one in force has replaced."""
    hearers: list[Hearer] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)

    @property
    def untold(self) -> list[Hearer]:
        """Who does not know yet."""
        return not_told(self.hearers)

    @property
    def to_tell(self) -> list[Hearer]:
        """Whom nothing is on its way to."""
        return to_tell(self.hearers)

    @property
    def told(self) -> int:
        """How many know."""
        return len(self.hearers) - len(self.untold)

    @property
    def told_words(self) -> str:
        """How many know, in words."""
        return told_words(self.hearers)

    @property
    def untold_words(self) -> str:
        """How many do not know, in words, where somebody does not."""
        return untold_words(len(self.untold), len(self.hearers))

    @property
    def refused(self) -> bool:
        """Whether the answer was no, so that nothing is to be planned or done."""
        return self.decision is not None and self.decision.result == Decision.Result.NOT_AGREED

    @property
    def unshown(self) -> Outcome | None:
        """The first claim for which nothing has been shown."""
        claims = (*self.outcomes_before, *self.outcomes)
        return next((one for one in claims if not one.evidence.all()), None)

    @property
    def stations(self) -> list[Station]:
        """The seven, in order."""
        return [
            self._said(),
            self._station("theme", "tied", self.theme.opened_on),
            self._decided(),
            self._planned(),
            self._changed(),
            self._told(),
            self._happened(),
        ]

    @property
    def states(self) -> list[str]:
        """The seven states, for the small drawing."""
        return [station.state for station in self.stations]

    @property
    def broken_at(self) -> Station | None:
        """The first cut, None where the thread holds."""
        return next((station for station in self.stations if station.state == "cut"), None)

    @property
    def breaks(self) -> str:
        """The first cut in words: “no decision”, "" where the thread holds."""
        return self.broken_at.breaks if self.broken_at is not None else ""

    @property
    def sentence(self) -> str:
        """What is so, in words: “14 things were said, we agreed and it is done.”"""
        parts = [f"{count(self.said, 'thing was', 'things were')} said"]
        if self.decision is None:
            closed = self.theme.state != Theme.State.OPEN
            parts.append("it needed no decision" if closed else "nobody has decided yet")
        else:
            answers = {"AGREED": "we agreed", "PARTLY": "we agreed in part"}
            parts.append(answers.get(self.decision.result, "we did not agree"))
            if self.outcomes:
                parts.append("it is done, we say" if self.unshown else "it is done")
            elif self.outcomes_before:
                parts.append("what was decided before is done")
        return f"{', '.join(parts[:-1])} and {parts[-1]}."

    def _station(
        self, name: str, state: str, on: dt.date | None = None, breaks: str = ""
    ) -> Station:
        after = ""
        if on is not None:
            days = (on - self.theme.clock_from).days
            after = say_days(days) if days > 0 else "day 0"
            after = "planned" if on > self.today else after
        return Station(name, state, on, after, breaks)

    def _said(self) -> Station:
        if not self.said:
            return self._station("said", "todo")
        return self._station("said", "tied", self.theme.first_said_on)

    def _decided(self) -> Station:
        if self.decision is not None:
            state = "no" if self.refused else "tied"
            return self._station("decision", state, self.decision.decided_on)
        if self.theme.state != Theme.State.OPEN:
            return self._station("decision", "no")
        if self.today > self.theme.decision_due:
            return self._station("decision", "cut", self.theme.decision_due, "no decision")
        return self._station("decision", "ours", self.theme.decision_due)

    def _planned(self) -> Station:
        if self.decision is None:
            return self._station("line", "todo")
        if self.lines:
            return self._station("line", "tied")
        if self.refused:
            return self._station("line", "no")
        if self.outcomes:
            return self._station("line", "tied")
        due = self.decision.decided_on + LINE_WITHIN
        if self.today > due:
            return self._station("line", "cut", due, "no line")
        return self._station("line", "ours", due)

    def _changed(self) -> Station:
        claims, unshown = self.outcomes or self.outcomes_before, self.unshown
        if not claims or (not self.outcomes and unshown is None):
            return self._station("outcome", "no" if self.refused else "todo")
        first = claims[0].happened_on
        if unshown is None:
            return self._station("outcome", "tied", first)
        if self.today > timezone.localdate(unshown.recorded_at) + EVIDENCE_WITHIN:
            return self._station("outcome", "cut", first, "no evidence")
        return self._station("outcome", "ours", first)

    def _told(self) -> Station:
        if self.decision is None:
            return self._station("told", "todo")
        if not self.untold:
            last = self._last_told()
            return self._station("told", "tied", timezone.localdate(last) if last else None)
        due = self.decision.told_due_on
        if self.today > due:
            return self._station("told", "cut", due, f"{len(self.untold)} not told")
        return self._station("told", "ours", due)

    def _happened(self) -> Station:
        if self.totals.contradicted:
            return self._station("happened", "cut", breaks="not so, they say")
        if self.totals.answered:
            return self._station("happened", "tied")
        if self.totals.asked:
            return self._station("happened", "ours")
        if self.refused:
            return self._station("happened", "no")
        last = self._last_told()
        planned = timezone.localdate(last + ASKED_AFTER) if last and not self.untold else None
        return self._station("happened", "todo", planned)

    def _last_told(self) -> dt.datetime | None:
        return max((one.told_at for one in self.hearers if one.told_at), default=None)


def read_threads(themes: Iterable[Theme], today: dt.date) -> list[Thread]:
    """The threads of several themes, in their order; as many queries for a hundred as for one."""
    themes = list(themes)
    keys = [theme.pk for theme in themes]
    counted = ThemeEntry.objects.filter(theme__in=keys).values("theme").annotate(n=Count("pk"))
    said = {row["theme"]: row["n"] for row in counted.order_by("theme")}
    decided = decisions_on(themes)
    lines: dict[int, list[Line]] = {}
    # Those of what was replaced carry out what stands now
    arisen = Line.objects.filter(arose_from__theme__in=list(decided)).select_related("plan")
    for line in arisen.annotate(thread=F("arose_from__theme")).order_by("pk"):
        lines.setdefault(line.thread, []).append(line)
    outcomes, hearers = outcomes_by_theme(decided), hearers_of(decided.values())
    answers = totals_of([decision.pk for decision in decided.values()])
    threads = []
    for theme in themes:
        thread = Thread(theme, today, said=said.get(theme.pk, 0), decision=decided.get(theme.pk))
        if thread.decision is not None:
            key = thread.decision.pk
            thread.lines = lines.get(theme.pk, [])
            for outcome in outcomes.get(theme.pk, []):
                stands = outcome.decision_id == key
                (thread.outcomes if stands else thread.outcomes_before).append(outcome)
            thread.hearers = hearers[key]
            thread.totals = answers.get(key, Totals())
        threads.append(thread)
    return threads


def thread_of(theme: Theme, today: dt.date) -> Thread:
    """The thread of one theme."""
    return read_threads([theme], today)[0]
