from __future__ import annotations

from django.db.models import Model, Q, QuerySet

from involvement.auditing.models import AuditEntry, ViewLogEntry


def history_of(record: Model) -> QuerySet[AuditEntry]:
    """All changes to one record, newest first."""
    history: QuerySet[AuditEntry] = AuditEntry.objects.filter(
        record_kind=record._meta.label_lower, record_id=record.pk
    ).order_by("-at", "-pk")
    return history


def latest(limit: int = 100) -> QuerySet[AuditEntry]:
    """The landlord's latest changes of all kinds, newest first."""
    entries: QuerySet[AuditEntry] = AuditEntry.objects.order_by("-at", "-pk")[:limit]
    return entries


def changes(words: str = "") -> QuerySet[AuditEntry]:
    """The landlord's changes of all kinds, newest first: all, or those that mention `words` in the
    sentence, the record's name or the name of whoever did it."""
    entries: QuerySet[AuditEntry] = AuditEntry.objects.order_by("-at", "-pk")
    if not words:
        return entries
    return entries.filter(
        Q(sentence__icontains=words) | Q(record_name__icontains=words) | Q(by_name__icontains=words)
    )


def looks() -> QuerySet[ViewLogEntry]:
    """Who looked at, or took out, what is kept about people, newest first."""
    entries: QuerySet[ViewLogEntry] = ViewLogEntry.objects.order_by("-at", "-pk")
    return entries


def looks_at(records: list[Model]) -> QuerySet[ViewLogEntry]:
    """Who looked at any of these records of one kind, newest first."""
    kind = records[0]._meta.label_lower if records else ""
    return looks().filter(record_kind=kind, record_id__in=[record.pk for record in records])
