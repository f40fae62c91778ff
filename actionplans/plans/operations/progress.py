"""Writes what has happened: progress notes with their evidence, states, updates by link."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from actionplans.plans import policies
from actionplans.plans.models import Line, NoteEvidence, ProgressNote, UpdateLink
from actionplans.plans.operations.lines import locked
from actionplans.plans.queries import progress as queries
from involvement.accounts.models import StaffMember
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.calendars.deadlines import Deadline, Repeat, read_deadline
from involvement.calendars.periods import ONE_DAY
from involvement.calendars.recurrence import next_due
from involvement.calendars.words import say_date
from involvement.delivery.models import Message
from involvement.delivery.operations import queue_message
from involvement.documents.operations import store_file

LINK_LASTS = dt.timedelta(days=45)


@transaction.atomic
def record_progress(
    *,
    line: Line,
    words: str,
    by: Actor,
    at: dt.datetime,
    status: str = "",
    version: int | None = None,
    names_somebody: bool = False,
    files: Sequence[tuple[str, bytes]] = (),
    link: str = "",
    form_key: uuid.UUID | None = None,
) -> ProgressNote:
    """Note what has happened, and how the line stands from now on where `status` says so.

    Lines that share this one's progress take over news and state. "Done" on a line that comes
    back means done this time: it falls due next. The same `form_key` again returns the note that
    is there. Raises PlanIsArchived, ReasonMissing without words, LineChangedMeanwhile where
    somebody else set the state after `version` was seen, and the refusals of files.
    """
    line = locked(line)
    there: ProgressNote | None = (
        ProgressNote.objects.filter(form_key=form_key).order_by("pk").first()
    )
    if form_key and there:
        return there
    policies.check_can_change(line.plan)
    if not words.strip():
        raise policies.ReasonMissing("Write what has happened, in a sentence or two.")
    if status and version is not None:
        policies.check_unchanged(line, version)
    note: ProgressNote = ProgressNote.objects.create(
        line=line,
        noted_at=at,
        words=words.strip(),
        status=status,
        names_somebody=names_somebody,
        form_key=form_key or uuid.uuid4(),
        **by.columns(),
    )
    _keep_evidence(note, files, link, by=by, at=at)
    before = auditing.snapshot(line, ["status"])
    for sharer in Line.objects.filter(pk__in=queries.sharing([line.pk])[line.pk]).order_by("pk"):
        _take_over(line if sharer.pk == line.pk else sharer, status, at)
    changes = auditing.changes_since(line, before)
    said = f"noted progress on “{line.heading}”"
    if changes:
        said += f" and set it to {line.get_status_display()}"
    auditing.record(verb="line.progress", record=line, sentence=said, by=by, at=at, changes=changes)
    return note


@transaction.atomic
def mark_note(
    *, note: ProgressNote, names_somebody: bool, by: Actor, at: dt.datetime
) -> ProgressNote:
    """Say that a note names somebody, so that only staff read it, or that it names nobody.

    Returns the note. Raises PlanIsArchived.
    """
    line = locked(note.line)
    policies.check_can_change(line.plan)
    if note.names_somebody != names_somebody:
        note.names_somebody = names_somebody
        note.save(update_fields=["names_somebody"])
        who = "somebody, so that only staff read it" if names_somebody else "nobody"
        sentence = f"said that a note on “{line.heading}” names {who}"
        auditing.record(verb="line.note_marked", record=line, sentence=sentence, by=by, at=at)
    return note


@transaction.atomic
def set_status(
    *, line: Line, status: str, reason: str, version: int, by: Actor, at: dt.datetime
) -> ProgressNote:
    """Set how a line stands, with the reason, which is kept as a note of progress.

    Raises ReasonMissing, LineChangedMeanwhile, PlanIsArchived.
    """
    if not reason.strip():
        raise policies.ReasonMissing
    return record_progress(line=line, words=reason, status=status, version=version, by=by, at=at)


@transaction.atomic
def send_update_link(
    *,
    line: Line,
    name: str,
    email: str,
    url_of: Callable[[str], str],
    by: Actor,
    at: dt.datetime,
    staff: StaffMember | None = None,
) -> UpdateLink:
    """E-mail a colleague a link that shows this line and nothing else, and lets them update it.

    `url_of` makes the address from the token, of which only a hash is kept. Raises AddressMissing,
    PlanIsArchived.
    """
    policies.check_can_change(line.plan)
    if not email.strip():
        raise policies.AddressMissing
    made, token = make_update_link(line=line, name=name, email=email, staff=staff, by=by, at=at)
    queue_message(
        key=f"update-link:{made.pk}",
        channel=Message.Channel.EMAIL,
        to_name=name,
        to_address=email,
        subject=f"How is it going: {line.heading}"[:200],
        body=_invitation(line, name, url_of(token), by, made.expires_at),
        by=by,
        at=at,
    )
    sentence = f"sent {name} a link to update “{line.heading}”"
    auditing.record(verb="line.link_sent", record=line, sentence=sentence, by=by, at=at)
    return made


@transaction.atomic
def make_update_link(
    *, line: Line, name: str, email: str, staff: StaffMember | None, by: Actor, at: dt.datetime
) -> tuple[UpdateLink, str]:
    """A link and its token, for a message that somebody else composes."""
    token = secrets.token_urlsafe(32)
    link: UpdateLink = UpdateLink.objects.create(
        line=line,
        staff=staff,
        name=name[:120],
        email=email,
        token_hash=queries.token_hash(token),
        sent_at=at,
        expires_at=at + LINK_LASTS,
        **by.columns(),
    )
    return link, token


@transaction.atomic
def update_by_link(
    *,
    token: str,
    words: str,
    status: str,
    form_key: uuid.UUID,
    at: dt.datetime,
    names_somebody: bool = False,
) -> ProgressNote:
    """A colleague who never signs in says what has happened. Raises LinkNoLongerWorks."""
    link = policies.check_link_works(queries.update_link(token), at=at)
    by = Actor(ActorKind.STAFF, link.name, channel=Channel.EMAIL)
    note = record_progress(
        line=link.line,
        words=words,
        status=status,
        names_somebody=names_somebody,
        form_key=form_key,
        by=by,
        at=at,
    )
    UpdateLink.objects.filter(pk=link.pk).update(last_used_at=at)
    return note


@transaction.atomic
def withdraw_update_link(*, link: UpdateLink, by: Actor, at: dt.datetime) -> UpdateLink:
    """Take a link back; from now on it opens nothing."""
    if link.withdrawn_at is None:
        link.withdrawn_at = at
        link.save(update_fields=["withdrawn_at"])
        sentence = f"took back the link sent to {link.name}"
        auditing.record(
            verb="line.link_withdrawn", record=link.line, sentence=sentence, by=by, at=at
        )
    return link


def _keep_evidence(
    note: ProgressNote, files: Sequence[tuple[str, bytes]], link: str, *, by: Actor, at: dt.datetime
) -> None:
    for name, data in files:
        file = store_file(name=name, data=data, by=by, at=at)
        NoteEvidence.objects.create(note=note, file=file)
    if link.strip():
        NoteEvidence.objects.create(note=note, link=link.strip())


def _take_over(line: Line, status: str, at: dt.datetime) -> None:
    line.last_news_at = at
    if status and status == Line.Status.DONE and (due := _next_round(line)):
        line.due_on, status = due, Line.Status.ON_TRACK
    if status and status != line.status:
        line.status = status
    if status:
        line.version += 1
    line.save(update_fields=["last_news_at", "status", "due_on", "version"])


def _next_round(line: Line) -> dt.date | None:
    """When a line that comes back falls due after this time; None where it does not."""
    if not line.repeats or line.due_on is None:
        return None
    until = read_deadline(line.deadline_words).until
    deadline = Deadline(
        line.deadline_words, due=line.due_on, until=until, repeats=Repeat(line.repeats)
    )
    return next_due(deadline, today=line.due_on + ONE_DAY)


def _invitation(line: Line, name: str, url: str, by: Actor, expires_at: dt.datetime) -> str:
    deadline = f"\nDeadline: {line.deadline_words}" if line.deadline_words else ""
    return (
        f"Dear {name},\n\n"
        f"{by.name} would like to know how this is going:\n\n"
        f"{line.heading}{deadline}\n(from “{line.plan.title}”)\n\n"
        "Tell us in a sentence or two here. You need no password:\n\n"
        f"{url}\n\n"
        f"The link shows this line and nothing else. It works until {say_date(timezone.localdate(expires_at))}; "
        "please do not pass it on.\n"
    )
