"""What is kept about what interests a person and how they would like to take part."""

from __future__ import annotations

from dataclasses import dataclass

from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import A_RESIDENT

HOW_WE_KNOW = {"source": "How we know", "told_by": "Who said so"}
ERASED = "Erased with the person it was for"


@dataclass(frozen=True)
class AnswerHolder(KeyHolder):
    """Answers to expressions of interest. The replies answer for all other messages, and so for
    the model."""

    @property
    def models(self) -> tuple[str, ...]:
        return ()


HOLDERS = (
    KeyHolder(
        "residents.Interest",
        "person",
        "What interests you",
        labels={"subject__name": "Subject", **HOW_WE_KNOW},
        when="recorded_at",
        deletes=True,
        what="interests",
    ),
    KeyHolder(
        "residents.MethodWish",
        "person",
        "How you would like to take part",
        labels={"method__name": "Way of taking part", **HOW_WE_KNOW},
        when="recorded_at",
        deletes=True,
        what="ways of taking part",
    ),
    KeyHolder(
        "residents.Offer",
        "person",
        "The time you offered",
        labels={"time_words": "Time", "level": "Level", **HOW_WE_KNOW},
        when="recorded_at",
        deletes=True,
        what="offers of time",
    ),
    KeyHolder(
        "residents.ChosenMethod",
        "person",
        "The ways you chose once",
        labels={"method__name": "Way of taking part", "about": "For what", **HOW_WE_KNOW},
        when="recorded_at",
        deletes=True,
        what="ways chosen once",
    ),
    KeyHolder(
        "residents.Expression",
        "person",
        "That you would like to take part",
        labels={
            "words": "In your words",
            "state": "Our answer",
            "reason": "Why",
            **HOW_WE_KNOW,
        },
        when="recorded_at",
        blank={"words": "", "by_name": A_RESIDENT, "by_behalf": ""},
        what="expressions of interest",
    ),
    AnswerHolder(
        "involvement.Message",
        "",
        "What we answered when you wished to take part",
        path="expressions__person",
        labels={"to_address": "Sent to", "subject": "Subject", "body": "What it said"},
        when="queued_at",
        blank={
            "to_name": A_RESIDENT,
            "to_address": ERASED,
            "body": ERASED,
            "link": "",
            "unsubscribe_url": "",
            "failure": "",
            "state": lambda message: message.state_when_forgotten,
            "next_attempt_at": None,
            "lease_ends_at": None,
        },
        what="answers to expressions of interest",
    ),
    KeyHolder(
        "residents.TenancyVisit",
        "person",
        "Our visit when you moved in",
        labels={
            "pack_sent_on": "Pack sent",
            "made_on": "Visit made",
            "discussed": "What was talked about",
            "set_aside_why": "Why no visit was made",
        },
        when="tenancy_began_on",
        blank={"discussed": ""},
        what="visits",
    ),
)
