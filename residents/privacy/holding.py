"""What asking about their own data leaves behind about a person."""

from __future__ import annotations

from django.db.models import Q

from residents.people.models import Person
from residents.privacy.models import AccessRequest, DataComplaint
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.operations.messages import MessageHolder
from residents.privacy.ports import A_RESIDENT

ERASED = "Erased with the person it was about"


def _about_their_data(person: Person) -> Q:
    """The links to their own answers, and that a complaint has arrived."""
    complaints = DataComplaint.objects.filter(person=person).order_by("pk")
    found = Q(key__in=[f"data-complaint:{key}" for key in complaints.values_list("pk", flat=True)])
    asked = AccessRequest.objects.filter(person=person).order_by("pk")
    for key in asked.values_list("pk", flat=True):
        found |= Q(key__startswith=f"own-answers:{key}:")
    return found


HOLDERS = (
    MessageHolder(
        "involvement.Message", "", "What we wrote to you about your data", which=_about_their_data
    ),
    KeyHolder(
        "residents.AccessRequest",
        "person",
        "When you asked to see what we keep",
        labels={
            "asked_how": "You asked",
            "identity_words": "How we knew it was you",
            "state": "What became of it",
            "extended_because": "Why it took longer",
            "closed_because": "Why there was no pack",
        },
        when="asked_on",
        blank={"identity_words": ERASED},
        what="access requests",
    ),
    KeyHolder(
        "residents.Mention",
        "",
        "",
        path="request__person",
        deletes=True,
        what="texts found for an access request",
    ),
    KeyHolder(
        "residents.DataComplaint",
        "person",
        "Your complaints about how we used your data",
        labels={
            "number": "Number",
            "words": "What you complained about",
            "contact": "How to answer you",
            "outcome": "What we found",
            "outcome_words": "In words",
        },
        when="received_on",
        blank={"name": A_RESIDENT, "contact": ERASED, "words": ERASED},
        what="complaints about data",
    ),
    KeyHolder(
        "residents.Erasure",
        "person",
        "When you were to be forgotten",
        labels={"reason": "Why", "state": "What became of it", "refused_because": "Why not"},
        when="asked_on",
        blank={"refused_because": lambda row: row.refused_because and ERASED},
        what="proposals to erase",
    ),
    KeyHolder(
        "residents.LegalHold",
        "person",
        "Why nothing about you could be erased",
        labels={"reason": "Why", "ends_on": "Until"},
        when="started_on",
        blank={"reason": ERASED},
        what="legal holds",
    ),
)
