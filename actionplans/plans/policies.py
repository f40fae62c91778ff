from __future__ import annotations

import datetime as dt

from actionplans.decisions.models import Decision
from actionplans.plans.models import Line, LineLink, Plan, PlanLink, UpdateLink
from actionplans.plans.queries import smart
from involvement.auditing.refusals import ChangedMeanwhile, Refusal
from involvement.calendars.words import count


class PlanIsArchived(Refusal):
    """This plan is archived, so nothing in it can be changed. Carry its lines forward into a new
    plan instead.
    """


class PlanIsEmpty(Refusal):
    """This plan has no lines yet. Add what is to be done, or bring in a spreadsheet."""


class NotSmartYet(Refusal):
    """Some lines have no measure, owner or date. Fill them in, or give a reason."""


class NotADraft(Refusal):
    """This plan has been agreed already."""


class NotAgreedYet(Refusal):
    """Only an agreed plan can be published. Have it agreed first."""


class LineChangedMeanwhile(ChangedMeanwhile):
    """Somebody else changed this line while you were writing. What they changed is shown beside
    what you wrote; choose what to keep and save again.
    """

    def __init__(self, theirs: Line) -> None:
        super().__init__()
        self.theirs = theirs


class PlanChangedMeanwhile(ChangedMeanwhile):
    """Somebody else changed this plan while you were writing. What they changed is shown beside
    what you wrote; choose what to keep and save again.
    """

    def __init__(self, theirs: Plan) -> None:
        super().__init__()
        self.theirs = theirs


class PlanTitleTaken(Refusal):
    """There is a plan of this title already. Choose another title."""


class PlansCannotBeLinked(Refusal):
    """These two plans cannot be linked so. Choose another plan."""


class LineHasLinesUnderIt(Refusal):
    """Other lines stand under this one. Move or delete them first."""


class LineHasHistory(Refusal):
    """This line has progress or evidence, which must be kept. Say that it has stopped, and why,
    instead of deleting it.
    """


class ReasonMissing(Refusal):
    """Write the reason."""


class LineCannotStandThere(Refusal):
    """A line cannot stand under itself or in another plan. Choose another place."""


class DeadlineSaysNothing(Refusal):
    """Give a date, how often it comes back, or say that it has no end."""


class NothingToPlan(Refusal):
    """This was not agreed, so there is nothing to put on a plan."""


class DecisionIsReplaced(Refusal):
    """A later decision has replaced this one. Put the later one on the plan."""


class LineAroseAlready(Refusal):
    """This line arose from another decision. Take that off the line first, or choose another
    line.
    """


class LineAroseFromAnother(ChangedMeanwhile):
    """Somebody else changed which decision this line arose from. It is shown here as it is now."""


class OutcomeHangsOnIt(Refusal):
    """What changed is recorded as done under this line because of the decision, so the two stay
    tied.
    """


class MarkBelongsElsewhere(Refusal):
    """This mark belongs to another heading. Choose a line under its own."""


class MoreLinesThanMarks(Refusal):
    """More lines are ticked than there are marks. Untick some."""

    def __init__(self, marks: str, under: Line, there: int, ticked: int) -> None:
        super().__init__(
            f"“{under.heading}” has {count(there, 'mark')} for {marks}, and you put "
            f"{count(ticked, 'mark')} on its lines. Take {ticked - there} off, and save again."
        )


class MarksChangedMeanwhile(ChangedMeanwhile):
    """Somebody else placed marks while you were at it. Theirs are ticked below beside yours: check
    them, and save again.
    """


class LinkNoLongerWorks(Refusal):
    """This link no longer works: it has run out or was taken back. Ask whoever sent it for a new
    one.
    """


class AddressMissing(Refusal):
    """We need an e-mail address to send the link to."""


def check_can_change(plan: Plan) -> None:
    """Raises PlanIsArchived."""
    if not plan.open_to_change:
        raise PlanIsArchived


def can_change(plan: Plan) -> bool:
    """Whether `check_can_change` would pass."""
    return plan.open_to_change


def check_can_agree(plan: Plan) -> None:
    """Raises NotADraft, PlanIsEmpty, NotSmartYet with the number of lines."""
    if plan.state != Plan.State.DRAFT:
        raise NotADraft
    if not Line.objects.filter(plan=plan).exists():
        raise PlanIsEmpty
    lacking = smart.lines_with_gaps(plan).count()
    if lacking:
        raise NotSmartYet(
            f"{count(lacking, 'line')} {'has' if lacking == 1 else 'have'} no measure, owner or "
            "date. Fill them in, or give a reason, which may serve many lines."
        )


def can_agree(plan: Plan) -> bool:
    """Whether `check_can_agree` would pass."""
    try:
        check_can_agree(plan)
    except Refusal:
        return False
    return True


def check_can_publish(plan: Plan) -> None:
    """Raises NotAgreedYet, PlanIsArchived."""
    check_can_change(plan)
    if plan.state == Plan.State.DRAFT:
        raise NotAgreedYet


def can_publish(plan: Plan) -> bool:
    """Whether `check_can_publish` would pass."""
    return plan.promised


def check_unchanged(line: Line, version: int) -> None:
    """Raises LineChangedMeanwhile where the line is no longer the version somebody saw."""
    if line.version != version:
        raise LineChangedMeanwhile(line)


def check_can_delete(line: Line, reason: str) -> None:
    """Raises PlanIsArchived, ReasonMissing, LineHasLinesUnderIt, LineHasHistory."""
    check_can_change(line.plan)
    if not reason.strip():
        raise ReasonMissing
    check_is_spare(line)


def check_is_spare(line: Line) -> None:
    """Raises LineHasLinesUnderIt, LineHasHistory: nothing may be lost with a line."""
    if line.children.exists():
        raise LineHasLinesUnderIt
    if has_history(line):
        raise LineHasHistory


def has_history(line: Line) -> bool:
    """Whether something is kept of the line that would be lost with it."""
    kept = line.notes.filter(from_file=False).exists() or line.carried_into.exists()
    return bool(kept or line.outcomes.exists())


def check_can_link(line: Line, other: Line) -> None:
    """Raises LineCannotStandThere."""
    if line.pk == other.pk:
        raise LineCannotStandThere("A line cannot be linked with itself. Choose another.")
    if LineLink.objects.filter(line=line, other=other).exists():
        raise LineCannotStandThere("These two lines are linked already.")


def check_can_plan(decision: Decision) -> None:
    """Raises DecisionIsReplaced, NothingToPlan."""
    if decision.replaced_by_id is not None:
        raise DecisionIsReplaced
    if decision.result == Decision.Result.NOT_AGREED:
        raise NothingToPlan


def can_plan(decision: Decision) -> bool:
    """Whether `check_can_plan` would pass."""
    return decision.replaced_by_id is None and decision.result != Decision.Result.NOT_AGREED


def check_can_untie(line: Line, seen: int) -> None:
    """`seen` is the key of the decision the officer saw there. Raises PlanIsArchived,
    LineAroseFromAnother, OutcomeHangsOnIt."""
    check_can_change(line.plan)
    if line.arose_from_id != seen:
        raise LineAroseFromAnother
    if line.outcomes.filter(decision=seen, withdrawn_at__isnull=True).exists():
        raise OutcomeHangsOnIt


def check_can_link_plans(plan: Plan, other: Plan | None, kind: str) -> None:
    """Raises PlansCannotBeLinked for a plan with itself, a pair that is linked, and a ring."""
    if other is None:
        return
    if plan.pk == other.pk:
        raise PlansCannotBeLinked("A plan cannot be linked with itself. Choose another.")
    linked = PlanLink.objects.filter(plan__in=[plan, other], other__in=[plan, other])
    if linked.exists():
        raise PlansCannotBeLinked("These two plans are linked already.")
    if kind == PlanLink.Kind.PART and plan.pk in _wholes(other):
        raise PlansCannotBeLinked(
            f"“{other}” is a part of “{plan}” already, by itself or through others, so “{plan}” "
            "cannot be a part of it. Choose another plan."
        )


def _wholes(plan: Plan) -> set[int]:
    """The plans that a plan is a part of, and those they are parts of."""
    found: set[int] = set()
    step = {plan.pk}
    while step:
        above = PlanLink.objects.filter(kind=PlanLink.Kind.PART, plan__in=step, other__isnull=False)
        step = set(above.values_list("other_id", flat=True)) - found
        found |= step
    return found


def check_link_works(link: UpdateLink | None, *, at: dt.datetime) -> UpdateLink:
    """The link, if it may still be used. Raises LinkNoLongerWorks."""
    if link is None or link.withdrawn_at is not None or link.expires_at <= at:
        raise LinkNoLongerWorks
    if not link.line.plan.open_to_change:
        raise LinkNoLongerWorks("This plan is archived, so its lines can no longer be updated.")
    return link
