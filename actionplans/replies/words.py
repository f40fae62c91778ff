"""What is written to people: plain, whole, and signed by somebody with a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.outcomes.models import Outcome
from actionplans.replies.hearers import Hearer, Telling
from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.calendars.words import count
from involvement.delivery.models import LINK
from involvement.faces.words import short_day
from involvement.landlords.models import Landlord

QUOTED = 3
_BY_HAND = {Channel.PHONE, Channel.TEXT, Channel.FACE}
LONGEST_QUOTE = 240


@dataclass(frozen=True)
class Signatory:
    """The named officer at the foot of every letter and e-mail."""

    name: str
    phone: str
    hours: str
    landlord: str

    @property
    def words(self) -> str:
        """The foot of a letter."""
        hours = f", {self.hours}" if self.hours else ""
        return f"{self.name}\n{self.landlord}\nTelephone {self.phone}{hours}"


def signatory(landlord: Landlord, by: Actor) -> Signatory | None:
    """Who signs: the landlord's named officer, else whoever writes; None where nobody can be rung."""
    if landlord.contact_name and landlord.contact_phone:
        return Signatory(
            landlord.contact_name, landlord.contact_phone, landlord.contact_hours, landlord.name
        )
    if by.kind != ActorKind.STAFF or by.key is None:
        return None
    member = Membership.objects.select_related("staff").filter(pk=by.key).order_by("pk").first()
    if member is None or member.staff is None or not member.staff.phone:
        return None
    return Signatory(member.staff.name, member.staff.phone, "", landlord.name)


def suggested_subject(decision: Decision) -> str:
    """The heading of the reply."""
    return f"What became of what you said: {decision.theme.title}"[:200]


def suggested_words(decision: Decision, changes: Sequence[Outcome] = ()) -> str:
    """The reply, begun from what was decided and why, for an officer to make their own.

    `changes` are the live outcomes of the decision, where something has been done already.
    """
    who_decided, when = decision.decider, short_day(decision.decided_on)
    what = _sentence(decision.what)
    because = _sentence(decision.because)
    if decision.result == Decision.Result.AGREED:
        parts = [f"On {when} {who_decided} agreed.", what]
    elif decision.result == Decision.Result.PARTLY:
        parts = [f"On {when} {who_decided} agreed to part of it.", what]
    else:
        parts = [f"On {when} {who_decided} decided not to do it.", what]
    if because:
        parts.append(f"This is because: {because}")
    if decision.minority_view:
        parts.append(f"Those who disagreed wrote: “{decision.minority_view.strip()}”")
    parts.extend(_change(outcome) for outcome in changes)
    parts.append("If you think we have got this wrong, ring us and say so.")
    return "\n\n".join(parts)


def reply_body(hearer: Hearer, words: str, signed: Signatory) -> str:
    """One hearer's letter: whom it is to, what they had said, the answer, and whom to ring."""
    return "\n\n".join(
        [f"Dear {addressed(hearer)},", _what_you_said(hearer.said), words.strip(), signed.words]
    )


def who(rows: Sequence[Hearer]) -> str:
    """How many they are, people and groups apart: “2 people and 1 group”, "nobody"."""
    people = sum(hearer.person is not None for hearer in rows)
    groups = len(rows) - people
    parts = [count(people, "person", "people")] if people or not groups else []
    parts += [count(groups, "group")] if groups else []
    return " and ".join(parts) if rows else "nobody"


def told_words(rows: Sequence[Hearer]) -> str:
    """How many of all who can be told know: “All 3 people have been told.”"""
    told, total = sum(hearer.state == Telling.TOLD for hearer in rows), len(rows)
    if not total:
        return "Nobody who can be told said anything about it."
    if total == 1:
        one = "person" if rows[0].person is not None else "group"
        return f"The one {one} who can be told has {'' if told else 'not '}been told."
    if not told:
        return f"None of the {who(rows)} has been told yet."
    if told == total:
        return f"All {who(rows)} have been told."
    return f"{told:,} of {total:,} {'has' if told == 1 else 'have'} been told."


def untold_words(untold: int, total: int) -> str:
    """How many do not know, where somebody does not: “2 of 3 have not been told.”"""
    if total == 1:
        return "The one who can be told has not been told."
    return f"{untold:,} of {total:,} {'has' if untold == 1 else 'have'} not been told."


def unreachable_words(number: int) -> str:
    """What becomes of what nobody we know said; "" where there is none."""
    if not number:
        return ""
    things = "1 thing was" if number == 1 else f"{number:,} things were"
    return f"{things} said by people we cannot reach; for them the answer is published."


def left_to_do(told: Sequence[Hearer], *, texts_go: bool = False) -> str:
    """What an officer does next for those who are being told: “Still to do: print 2 letters.”

    `texts_go` where a provider carries texts.
    """
    letters = sum(hearer.channel == Channel.POST for hearer in told)
    hands = _BY_HAND - {Channel.TEXT} if texts_go else _BY_HAND
    by_hand = [hearer for hearer in told if hearer.channel in hands]
    acts = [f"print {count(letters, 'letter')}"] if letters else []
    acts += [f"ring, text or speak to {who(by_hand)}"] if by_hand else []
    return f"Still to do: {' and '.join(acts)}." if acts else ""


def question_subject(decision: Decision) -> str:
    """The heading of the question asked weeks later."""
    return f"Did it happen? {decision.theme.title}"[:200]


def question_body(
    hearer: Hearer, decision: Decision, changed: str, signed: Signatory, *, by_link: bool
) -> str:
    """The question whether it happened; by a link, or by ringing."""
    how = (
        f"Answer here, in one press:\n{LINK}"
        if by_link
        else f"Ring {signed.phone} and say yes, partly or no."
    )
    parts = [
        f"Dear {addressed(hearer)},",
        f"You told us about “{decision.theme.title}”. We told you what was decided. Now we say this: {_sentence(changed)}",
        f"Did it happen? Yes, partly, or no? {how}",
        "Your answer is printed beside our own words.",
        signed.words,
    ]
    return "\n\n".join(parts)


def addressed(hearer: Hearer) -> str:
    """How a letter begins."""
    return hearer.name if hearer.person is not None else f"members of {hearer.name}"


def _what_you_said(said: list[Feedback]) -> str:
    quotes = []
    for one in said[:QUOTED]:
        words = " ".join(one.words.split())
        if len(words) > LONGEST_QUOTE:
            words = words[: LONGEST_QUOTE - 1].rstrip() + "…"
        quotes.append(f"On {short_day(one.said_on)} you told us: “{words}”")
    return "\n\n".join([*quotes, "Thank you. Here is what became of it."])


def _change(outcome: Outcome) -> str:
    """One recorded change: since when, what, and the figures where there are any."""
    words = f"Since {short_day(outcome.happened_on)}: {_sentence(outcome.what_changed)}"
    if not outcome.measure:
        return words
    begun = f"from {outcome.before} " if outcome.before else ""
    return f"{words} {_sentence(f'{outcome.measure}: {begun}to {outcome.after}')}"


def _sentence(words: str) -> str:
    words = words.strip()
    return words if not words or words[-1] in ".!?…”" else f"{words}."
