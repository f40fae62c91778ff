"""When a file may be brought in."""

from __future__ import annotations

from typing import Final

from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from residents.feeds.models import Intake, Mode


class AnotherIsBroughtIn(Refusal):
    """Another file is being brought in at this moment. Try again in a minute."""


class BroughtInAlready(Refusal):
    """This file has been brought in already, so nothing was changed again."""


class SetAside(Refusal):
    """This file was set aside. Send it again to bring it in."""


class NothingToRead(Refusal):
    """No row of this file can be taken over. The list of rows says why."""


class TooManyLeave(Refusal):
    """More people would have left than you let leave at once. Look at who they are."""


class FileIsGone(Refusal):
    """This file is no longer kept. Send it again."""


class IsBroughtIn(Refusal):
    """This file is being brought in. Look again in a minute."""


class NotErasedHere(Refusal):
    """Nobody of this reference was erased here, so no list is kept from bringing them. Look the
    reference up again in the housing system."""


A_HANDFUL: Final = 5


def check_can_settle(intake: Intake) -> None:
    """Raise BroughtInAlready or SetAside unless the file is still unsettled."""
    if intake.state == Intake.State.DONE:
        raise BroughtInAlready
    if intake.state not in {Intake.State.PREVIEW, Intake.State.WORKING}:
        raise SetAside


def check_waits(intake: Intake) -> None:
    """Raise as `check_can_settle`, or IsBroughtIn while a worker has the file in hand."""
    check_can_settle(intake)
    if intake.state == Intake.State.WORKING:
        raise IsBroughtIn


def asks_about_leavers(intake: Intake, *, here: int) -> bool:
    """Whether more would leave than the source's share of the `here` people it told us of.

    A file of changes gives each of them an end of their own, so a handful is taken at its word.
    """
    if intake.mode == Mode.DELTA and intake.leavers <= A_HANDFUL:
        return False
    return intake.leavers * 100 > intake.source.leaver_share * here


def check_leavers(intake: Intake, *, here: int, allowed: bool) -> None:
    """Raise TooManyLeave unless so many may leave, or somebody said that they may."""
    if not allowed and asks_about_leavers(intake, here=here):
        raise TooManyLeave(
            f"{count(intake.leavers, 'person', 'people')} of {here:,} would have left: more than the "
            f"{intake.source.leaver_share} per cent you let leave at once. Nothing was changed. Look "
            "at who they are, and allow it if they have left."
        )


def check_something(intake: Intake) -> None:
    """Raise NothingToRead for a file of which nothing can be taken over."""
    if intake.rows_read == intake.refused:
        first = intake.refused_rows.order_by("number", "pk").first()
        said = f" The first of them, row {first.number:,}: {first.why}" if first else ""
        raise NothingToRead(f"No row of this file can be taken over.{said}")
