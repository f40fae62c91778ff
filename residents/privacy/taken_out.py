"""The registers a data-protection officer is asked for, to be taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from involvement.accounts.permissions import Permission
from involvement.auditing.models import ViewLogEntry
from involvement.wiring.lists import ListToExport, iso
from residents.people.models import Person
from residents.privacy.forms.desk import LookFilters
from residents.privacy.models import AccessRequest, DataComplaint, Erasure
from residents.privacy.queries import complaints, erasures, looks, requests

R = TypeVar("R", bound=QuerySet[Any])


def _requests(narrowed: Mapping[str, str]) -> QuerySet[AccessRequest]:
    return _shown(narrowed, requests.under_way, requests.settled, requests.requests)


def _request(row: AccessRequest) -> list[str]:
    return [
        str(row.pk),
        row.person.reference,
        row.person.name,
        iso(row.asked_on),
        row.get_asked_how_display(),
        row.identity_words,
        iso(row.due_on),
        row.extended_because,
        row.get_state_display(),
        iso(timezone.localdate(row.made_at) if row.made_at else None),
        iso(row.sent_on),
        row.get_sent_how_display(),
        row.closed_because,
        row.by_words,
    ]


def _complaints(narrowed: Mapping[str, str]) -> QuerySet[DataComplaint]:
    return _shown(narrowed, complaints.unanswered, complaints.answered, complaints.complaints)


def _complaint(row: DataComplaint) -> list[str]:
    return [
        str(row.number),
        row.name,
        row.contact,
        row.words,
        iso(row.received_on),
        row.get_received_how_display(),
        iso(row.acknowledge_by_on),
        iso(row.acknowledged_on),
        row.get_outcome_display(),
        row.outcome_words,
        iso(row.told_on),
        row.get_told_how_display(),
    ]


def _erasures(narrowed: Mapping[str, str]) -> QuerySet[Erasure]:
    return _shown(narrowed, erasures.waiting, erasures.settled, erasures.erasures)


def _erasure(row: Erasure) -> list[str]:
    """A receipt says what was erased and never whom."""
    return [
        str(row.pk),
        row.person.name if row.state == Erasure.State.WAITING else "",
        row.get_reason_display(),
        iso(row.asked_on),
        iso(timezone.localdate(row.proposed_at)),
        row.by_words,
        row.get_state_display(),
        iso(timezone.localdate(row.settled_at) if row.settled_at else None),
        row.settled_by,
        row.refused_because,
    ]


def _looks(narrowed: Mapping[str, str]) -> QuerySet[ViewLogEntry]:
    form = LookFilters(dict(narrowed))
    form.is_valid()
    whom = Person.objects.filter(pk=OuterRef("record_id")).order_by("pk").values("name")[:1]
    return looks.narrowed(**form.cleaned_data).annotate(whom=Subquery(whom))


def _look(row: ViewLogEntry) -> list[str]:
    is_person = row.record_kind == "residents.person"
    return [
        row.by_words,
        f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}",
        row.get_kind_display(),
        row.page,
        str(row.record_id or "") if is_person else "",
        (row.whom or "") if is_person else "",  # type: ignore[attr-defined]  # annotated above
        str(row.people),
        row.purpose,
    ]


def _shown(
    narrowed: Mapping[str, str],
    under_way: Callable[[], R],
    settled: Callable[[], R],
    every: Callable[[], R],
) -> R:
    """What waits, what is settled, or the whole register."""
    return {"open": under_way, "settled": settled}.get(narrowed.get("show", ""), every)()


_MANAGE: Final = (Permission.PRIVACY_MANAGE,)
LISTS: Final = (
    ListToExport(
        "access-requests",
        "Access requests",
        (
            "Number",
            "Person reference",
            "Name",
            "Asked on",
            "How",
            "How we know it is them",
            "Due",
            "Why two months more",
            "Where it stands",
            "Pack made",
            "Sent",
            "Sent how",
            "Closed because",
            "Recorded by",
        ),
        _requests,
        _request,
        "privacy:hub",
        narrowed_by=("show",),
        also=_MANAGE,
    ),
    ListToExport(
        "data-complaints",
        "Complaints about data",
        (
            "Number",
            "Name",
            "How to answer them",
            "In their words",
            "Reached us",
            "How",
            "Acknowledge by",
            "Acknowledged",
            "What we found",
            "What we found and did",
            "Told on",
            "Told how",
        ),
        _complaints,
        _complaint,
        "privacy:hub",
        narrowed_by=("show",),
        also=_MANAGE,
    ),
    ListToExport(
        "erasures",
        "Erasures",
        (
            "Receipt",
            "Name, while it waits",
            "Why",
            "Asked on",
            "Proposed on",
            "Proposed by",
            "What became of it",
            "Settled on",
            "By",
            "Refused because",
        ),
        _erasures,
        _erasure,
        "privacy:hub",
        narrowed_by=("show",),
        also=_MANAGE,
    ),
    ListToExport(
        "looks",
        "Who looked at whom",
        (
            "Who",
            "When",
            "What they did",
            "What they opened",
            "Person number",
            "Whom",
            "How many people",
            "What for",
        ),
        _looks,
        _look,
        "privacy:look_list",
        narrowed_by=("by", "person", "kind", "since"),
        also=_MANAGE,
    ),
)
