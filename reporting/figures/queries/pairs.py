"""Each theme as a pair: what was said, what became of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, SourceKind
from actionplans.feedback.queries import in_short, quotable
from actionplans.outcomes.models import Outcome
from actionplans.replies.models import Verdict
from actionplans.replies.queries import could_be_told
from involvement.calendars.periods import month_end
from involvement.calendars.words import count, say_between, say_date, say_list
from reporting.figures.queries.coded import theme_code
from reporting.figures.queries.rows import Speaker, Stood, Thread, speaker_of
from reporting.figures.shapes import Change, Fate, SaidAndDone

_ORDER = {Fate.DONE: 0, Fate.NOT: 1, Fate.AGREED: 2, Fate.WAITING: 3, Fate.NOTED: 4}
_DECIDED = {
    Decision.Result.AGREED: "Agreed",
    Decision.Result.PARTLY: "Agreed in part",
    Decision.Result.NOT_AGREED: "Not agreed",
}


def pairs_of(stood: Stood) -> list[SaidAndDone]:
    """The themes, what was said in the period first, most spoken of first within each answer."""
    threads = sorted(
        stood.threads,
        key=lambda each: (each.earlier, _ORDER[each.fate], -len(each.said), each.theme.pk),
    )
    return [_pair(thread, theme_code(place), stood) for place, thread in enumerate(threads)]


def owner_of(thread: Thread) -> str:
    """Which team or officer looks after the theme, in words."""
    theme = thread.theme
    team = next((str(each.team) for each in thread.said if each.team_id), "")
    return str(theme.owner_team or theme.owner_staff or team or "") or "Nobody yet"


def _pair(thread: Thread, code: str, stood: Stood) -> SaidAndDone:
    theme, decision = thread.theme, thread.decision
    quotes, short = quotable(thread.said), in_short(theme, thread.said)
    today = timezone.localdate(stood.moment)
    said_first = thread.said[0].said_on if thread.said else theme.first_said_on or today
    asked = [verdict for verdict in thread.verdicts if thread.stands(verdict.reply)]
    answers = Counter(verdict.answer for verdict in asked if verdict.answer)
    to_tell, untold = _to_tell(thread, today)
    waiting = thread.fate is Fate.WAITING
    return SaidAndDone(
        code=code,
        theme=theme.pk,
        title=theme.title,
        said=quotes[0] if quotes else short,
        is_quote=bool(quotes),
        more_quotes=tuple(quotes[1:]),
        speakers=len({speaker_of(each) for each in thread.said}),
        things=len(thread.said),
        by=_by(thread.said),
        subject=str(theme.subject or next((e.subject for e in thread.said if e.subject), "")),
        place=_places(thread.said),
        owner=owner_of(thread),
        fate=str(thread.fate),
        result=decision.result if decision else "",
        did=_did(thread),
        because=decision.because if decision else "",
        note=_note(decision, thread) if decision else "",
        minority_view=decision.minority_view if decision else "",
        look_again=_iso(decision.look_again_on) if decision else "",
        changes=tuple(_change(outcome, thread) for outcome in thread.changed_here),
        asked=len(asked),
        yes=answers[Verdict.Answer.YES],
        partly=answers[Verdict.Answer.PARTLY],
        no=answers[Verdict.Answer.NO],
        to_tell=len(to_tell) if decision else 0,
        told=len(to_tell - untold) if decision else 0,
        due=_iso(theme.decision_due) if waiting and not thread.moved_on else "",
        waited_days=max((_waited_to(thread, today) - said_first).days, 0) if waiting else 0,
        earlier=thread.earlier,
        since=_since(thread),
        decided_here=bool(thread.decided_here),
        in_short=short,
    )


def _waited_to(thread: Thread, today: dt.date) -> dt.date:
    return thread.next_decision.decided_on if thread.next_decision else today


def _since(thread: Thread) -> str:
    """What has happened since the period, where it is known: the next report counts it."""
    if not thread.moved_on:
        return ""
    if thread.decision is None and thread.next_decision:
        return f"Decided since, on {say_date(thread.next_decision.decided_on)}: the next report says how."
    day = thread.next_outcome.happened_on if thread.next_outcome else None
    return f"Done since, on {say_date(day)}: the next report says what." if day else ""


def _iso(day: object) -> str:
    return str(day) if day else ""


def _to_tell(thread: Thread, today: dt.date) -> tuple[set[Speaker], set[Speaker]]:
    """Whoever was told or can be, and those of them who have not been told of all they said."""
    told = {reply.feedback_id for reply in thread.told}
    waiting = {
        speaker_of(each)
        for each in thread.said
        if each.pk not in told and could_be_told(each, today)
    }
    return waiting | {speaker_of(each) for each in thread.said if each.pk in told}, waiting


def _by(said: list[Feedback]) -> str:
    """How many, how and when: "14 people, telephone call and paper card, June 2026"."""
    speakers = {speaker_of(each) for each in said}
    groups = sum(kind == "body" for kind, _key in speakers)
    people = len(speakers) - groups
    who = [count(people, "person", "people")] if people else []
    who += [count(groups, "group")] if groups else []
    kinds = Counter(each.source_kind for each in said)
    ways = [SourceKind(kind).label.lower() for kind, _n in sorted(kinds.items(), key=_most)][:2]
    return f"{say_list(who)}, {say_list(ways)}, {_months(said)}" if said else ""


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _months(said: list[Feedback]) -> str:
    first, last = min(each.said_on for each in said), max(each.said_on for each in said)
    return say_between(first.replace(day=1), month_end(last))


def _places(said: list[Feedback]) -> str:
    names = list(dict.fromkeys(each.place.name for each in said if each.place))
    return say_list(names[:2]) if len(names) < 3 else f"in {count(len(names), 'place')}"


def _did(thread: Thread) -> str:
    """What was done, or what was decided where nothing is done yet.

    What an earlier report told is told again only where there is nothing newer to tell.
    """
    if thread.decision is None:
        return ""
    newer = [outcome for outcome in thread.changed_here if thread.stands(outcome)]
    if told := newer or thread.outcomes:
        return " ".join(_ended(outcome.what_changed) for outcome in told)
    return _ended(thread.decision.what)


def _ended(words: str) -> str:
    plain = " ".join(words.split())
    return plain if plain.endswith((".", "!", "?", "…", "”")) else f"{plain}."


def _note(decision: Decision, thread: Thread) -> str:
    """Who decided, and when: "Agreed by the Housing Strategy Panel on 8 July 2026, by 9 votes to 2."."""
    words = f"{_DECIDED[Decision.Result(decision.result)]} by {decision.decided_by}"
    words += f" on {say_date(decision.decided_on)}"
    if decision.votes_for is not None and decision.votes_against is not None:
        words += f", by {count(decision.votes_for, 'vote')} to {decision.votes_against}"
    if thread.outcomes:
        words += f"; done on {say_date(thread.outcomes[-1].happened_on)}"
    if decision.look_again_on:
        words += f". We will look again on {say_date(decision.look_again_on)}"
    if not thread.decided_here and not thread.changed_here:
        words += ". An earlier report told of this; it is not counted again"
    return f"{words}."


def _change(outcome: Outcome, thread: Thread) -> Change:
    measure = ""
    if outcome.after:
        before = f"{outcome.before} before, " if outcome.before else ""
        measure = f"{outcome.measure}: {before}{outcome.after} after"
    return Change(
        words=_ended(outcome.what_changed),
        on=str(outcome.happened_on),
        measure=measure,
        confidence=outcome.get_confidence_display(),
        evidence=tuple(evidence.words for evidence in outcome.evidence.all()),
        under="" if thread.stands(outcome) else str(outcome.decision.decided_on),
    )
