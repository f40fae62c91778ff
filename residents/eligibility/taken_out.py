"""What others confirmed about people, and who was told that they may join, to be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport, iso, key_in, yes_no
from residents.eligibility.models import Attestation, Check
from residents.eligibility.queries import attestations, verdicts


def _confirmed(_narrowed: Mapping[str, str]) -> QuerySet[Attestation]:
    return attestations()


def _attestation(row: Attestation) -> list[str]:
    return [
        row.person.reference,
        row.person.name,
        str(row.check_asked),
        yes_no(row.answer),
        row.attested_by,
        iso(row.attested_on),
        iso(row.expires_on),
        yes_no(row.expires_on >= timezone.localdate()),
        row.by_words,
    ]


def _checked(narrowed: Mapping[str, str]) -> QuerySet[Check]:
    """The verdicts of one set of rules; those of all where none is named."""
    return verdicts(key_in(narrowed, "rules"))


def _check(row: Check) -> list[str]:
    reasons = [each for each in row.reasons if isinstance(each, dict)]
    against = [str(each.get("words", "")) for each in reasons if each.get("holds") is not True]
    return [
        row.person.reference,
        row.person.name,
        str(row.rule_set),
        row.get_verdict_display(),
        "; ".join(against),
        iso(row.judged_on),
        iso(timezone.localdate(row.checked_at)),
        row.by_words,
    ]


LISTS: Final = (
    ListToExport(
        "confirmed",
        "What others confirmed",
        (
            "Person reference",
            "Name",
            "Question",
            "Answer",
            "Who said so",
            "On",
            "Holds until",
            "Holds now",
            "Written down by",
        ),
        _confirmed,
        _attestation,
        "eligibility:rule_set_list",
        also=(Permission.PEOPLE_READ,),
    ),
    ListToExport(
        "checked",
        "Who was checked for joining",
        (
            "Person reference",
            "Name",
            "For",
            "Answer",
            "What stands in the way",
            "For the day",
            "Checked on",
            "By",
        ),
        _checked,
        _check,
        "eligibility:rule_set_list",
        narrowed_by=("rules",),
        also=(Permission.PEOPLE_READ,),
    ),
)
