from __future__ import annotations

from django.core.exceptions import ValidationError

from involvement.auditing.refusals import Refusal
from residents.segments.models import Segment
from residents.segments.rules import Asked, groups_of

MOST_GROUPS = 6
MOST_CONDITIONS = 10


class SegmentIsPutAway(Refusal):
    """This segment is put away. Bring it back before you change it."""


class NameIsTaken(Refusal):
    """There is a segment of this name already. Choose another."""


class NoSuchCondition(Refusal):
    """This question can no longer be asked, or its answer is no longer there. Choose again."""


class TooManyConditions(Refusal):
    """A segment takes at most 6 groups of 10 conditions. Make a second segment for the rest."""


def check_can_change(segment: Segment) -> None:
    """Raises SegmentIsPutAway."""
    if segment.archived_at is not None:
        raise SegmentIsPutAway


def check_can_ask(asked: Asked) -> None:
    """Raises NoSuchCondition."""
    try:
        holds = asked.holds
    except ValidationError:
        holds = False
    if not holds:
        raise NoSuchCondition


def check_has_room(segment: Segment, group: int) -> None:
    """Whether another condition fits into a group, or a group into the segment. Raises
    TooManyConditions.
    """
    groups = groups_of(segment.rules)
    full = group < len(groups) and len(groups[group].asked) >= MOST_CONDITIONS
    if full or (group >= len(groups) and len(groups) >= MOST_GROUPS):
        raise TooManyConditions
