from __future__ import annotations

from django.db.models import Model, QuerySet

from involvement.auditing.models import AuditEntry


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
