from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from actionplans.plans.models import Line, LineLink, ProgressNote, UpdateLink


def sharing(lines: Sequence[int]) -> dict[int, set[int]]:
    """For each line the lines it shares its progress with, itself included."""
    shared: dict[int, set[int]] = {line: {line} for line in lines}
    links = LineLink.objects.filter(
        Q(line__in=lines) | Q(other__in=lines), kind=LineLink.Kind.SHARES
    ).values_list("line_id", "other_id")
    for one, other in links.order_by("pk"):
        if one in shared:
            shared[one].add(other)
        if other in shared:
            shared[other].add(one)
    return shared


def notes_of(line: Line) -> QuerySet[ProgressNote]:
    """What has happened on a line, and on the lines it shares its progress with, newest first."""
    notes: QuerySet[ProgressNote] = (
        ProgressNote.objects.filter(line__in=sharing([line.pk])[line.pk])
        .select_related("line")
        .prefetch_related("evidence__file")
        .order_by("-noted_at", "-pk")
    )
    return notes


def latest_notes(lines: Sequence[int], *, leave_out_names: bool = False) -> dict[int, ProgressNote]:
    """The newest note of each line, by the line's key; one note may serve several lines."""
    shared = sharing(lines)
    notes = ProgressNote.objects.filter(line__in=set().union(*shared.values()) if shared else [])
    if leave_out_names:
        notes = notes.filter(names_somebody=False)
    newest: defaultdict[int, list[ProgressNote]] = defaultdict(list)
    for note in notes.order_by("line", "-noted_at", "-pk").distinct("line"):
        newest[note.line_id].append(note)
    found = {}
    for line, others in shared.items():
        candidates = [note for other in others for note in newest[other]]
        if candidates:
            found[line] = max(candidates, key=lambda note: (note.noted_at, note.pk))
    return found


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_links(line: Line, at: dt.datetime) -> QuerySet[UpdateLink]:
    """The links by which colleagues can still update a line, the latest first."""
    found: QuerySet[UpdateLink] = UpdateLink.objects.filter(
        line=line, withdrawn_at__isnull=True, expires_at__gt=at
    ).order_by("-sent_at", "-pk")
    return found


def update_link(token: str) -> UpdateLink | None:
    """The link a token belongs to, with its line and plan."""
    link: UpdateLink | None = (
        UpdateLink.objects.filter(token_hash=token_hash(token))
        .select_related("line", "line__plan", "line__top")
        .order_by("pk")
        .first()
    )
    return link
