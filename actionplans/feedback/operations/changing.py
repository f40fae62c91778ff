from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from actionplans.feedback.models import Feedback, SpeakerKind, Theme
from actionplans.feedback.operations.recording import in_lines
from actionplans.feedback.policies import NobodyToReply
from involvement.accounts.models import StaffMember, Team
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.landlords.models import Place, Subject, Unit
from residents.people.models import Person
from structures.bodies.models import Body


@transaction.atomic
def change_about(
    *,
    feedback: Feedback,
    speaker: Person | Body | None,
    speaker_words: str,
    by: Actor,
    at: dt.datetime,
    **values: Any,
) -> Feedback:
    """Say who spoke and what it is about in one act. `values` are those of `classify`.

    Returns the row. Raises NobodyToReply, and then changes nothing.
    """
    row = identify_speaker(
        feedback=feedback,
        person=speaker if isinstance(speaker, Person) else None,
        body=speaker if isinstance(speaker, Body) else None,
        speaker_words=speaker_words if speaker is None else "",
        by=by,
        at=at,
    )
    return classify(feedback=row, by=by, at=at, **values)


@transaction.atomic
def correct_words(*, feedback: Feedback, words: str, by: Actor, at: dt.datetime) -> Feedback:
    """Put right what was written down wrongly; the first words stay with the row for ever.

    Returns the row, unchanged where nothing differs.
    """
    row: Feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    if row.words == in_lines(words):
        return row
    before = auditing.snapshot(row, ["words"])
    row.original_words = row.original_words or row.words
    row.words = in_lines(words)
    row.corrected_at = at
    row.save(update_fields=["words", "original_words", "corrected_at"])
    auditing.record(
        verb="feedback.words_corrected",
        record=row,
        sentence="corrected how the words were written down",
        by=by,
        at=at,
        changes=auditing.changes_since(row, before),
    )
    return row


@transaction.atomic
def classify(
    *,
    feedback: Feedback,
    subject: Subject | None,
    place: Place | None,
    unit: Unit | None,
    team: Team | None,
    by: Actor,
    at: dt.datetime,
    quote_permission: bool | None = None,
    wants_reply: bool | None = None,
) -> Feedback:
    """Say what it is about, where, and who looks after it. Returns the row.

    None for the two permissions leaves them as they are. Raises NobodyToReply.
    """
    if wants_reply and feedback.speaker_kind == SpeakerKind.ANONYMOUS:
        raise NobodyToReply
    values: dict[str, Any] = {"subject": subject, "place": place, "unit": unit, "team": team}
    if quote_permission is not None:
        values["quote_permission"] = quote_permission
    if wants_reply is not None:
        values["wants_reply"] = wants_reply
    return _change(
        feedback,
        values,
        verb="feedback.classified",
        sentence="changed what it is about",
        by=by,
        at=at,
    )


@transaction.atomic
def identify_speaker(
    *,
    feedback: Feedback,
    person: Person | None = None,
    body: Body | None = None,
    speaker_words: str = "",
    by: Actor,
    at: dt.datetime,
) -> Feedback:
    """Say who spoke, once it is known. Neither person nor body takes the speaker off again.

    `speaker_words` is a name we cannot reach; nobody unknown is owed a reply. Returns the row.
    """
    kind = SpeakerKind.ANONYMOUS
    if person is not None:
        kind = SpeakerKind.PERSON
    elif body is not None:
        kind = SpeakerKind.BODY
    anonymous = kind == SpeakerKind.ANONYMOUS
    values: dict[str, Any] = {
        "person": person,
        "body": body,
        "speaker_kind": kind,
        "speaker_words": speaker_words.strip() if anonymous else "",
    }
    if anonymous:
        values["wants_reply"] = False
    return _change(
        feedback,
        values,
        verb="feedback.speaker_named",
        sentence="said who spoke",
        by=by,
        at=at,
    )


@transaction.atomic
def change_theme(
    *,
    theme: Theme,
    title: str,
    summary: str,
    subject: Subject | None,
    owner_staff: StaffMember | None,
    owner_team: Team | None,
    by: Actor,
    at: dt.datetime,
) -> Theme:
    """Change a theme's words and who looks after it. Returns it."""
    values: dict[str, Any] = {
        "title": title.strip(),
        "summary": summary.strip(),
        "subject": subject,
        "owner_staff": owner_staff,
        "owner_team": owner_team,
    }
    before = auditing.snapshot(theme, values)
    for name, value in values.items():
        setattr(theme, name, value)
    changes = auditing.changes_since(theme, before)
    if changes:
        theme.save(update_fields=list(values))
        auditing.record(
            verb="theme.changed",
            record=theme,
            sentence="changed the theme",
            by=by,
            at=at,
            changes=changes,
        )
    return theme


@transaction.atomic
def summarise_theme(*, theme: Theme, summary: str | None, by: Actor, at: dt.datetime) -> Theme:
    """Write what was said in a theme in short; None leaves it as it is. Returns the theme."""
    if summary is None:
        return theme
    return change_theme(
        theme=theme,
        title=theme.title,
        summary=summary,
        subject=theme.subject,
        owner_staff=theme.owner_staff,
        owner_team=theme.owner_team,
        by=by,
        at=at,
    )


def _change(
    feedback: Feedback,
    values: dict[str, Any],
    *,
    verb: str,
    sentence: str,
    by: Actor,
    at: dt.datetime,
) -> Feedback:
    before = auditing.snapshot(feedback, values)
    for name, value in values.items():
        setattr(feedback, name, value)
    changes = auditing.changes_since(feedback, before)
    if changes:
        feedback.save(update_fields=list(values))
        auditing.record(
            verb=verb, record=feedback, sentence=sentence, by=by, at=at, changes=changes
        )
    return feedback
