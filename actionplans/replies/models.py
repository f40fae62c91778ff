from __future__ import annotations

from django.db import models
from django.db.models import Q

from actionplans.decisions.models import Decision
from involvement.auditing.actors import Channel
from involvement.auditing.models import Acted
from involvement.delivery.models import Message
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class Reply(LandlordOwned, Acted):
    """Telling whoever made one statement of the decision on its theme.

    A person who said three things in a theme is told once: the three rows share the message.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="replies")
    feedback = models.ForeignKey(
        "actionplans.Feedback", on_delete=models.PROTECT, related_name="replies"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    channel = models.CharField(max_length=6, choices=Channel.choices)
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    prepared_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name_plural = "replies"
        indexes = [
            models.Index(
                fields=["landlord", "prepared_at", "id"],
                name="reply_not_told",
                condition=Q(told_at__isnull=True),
            ),
            models.Index(fields=["landlord", "told_at", "id"], name="reply_by_day_told"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "decision", "feedback"],
                name="reply_is_one_for_a_statement_and_decision",
                violation_error_message="They have been answered already.",
            ),
            models.CheckConstraint(
                condition=Q(message__isnull=False) | Q(told_at__isnull=False),
                name="reply_is_on_its_way_or_was_given",
                violation_error_message="Say when and how they were told.",
            ),
        ]

    def __str__(self) -> str:
        return f"Reply to {self.person or 'a resident'}"


class Verdict(LandlordOwned, Acted):
    """Did it happen? Asked weeks later of the people who were told, each once, whatever they said.

    Hangs on the first reply to whoever is asked. Only a token's hash is kept. The actor is whoever
    asked and, once it is answered, whoever answered.
    """

    class Answer(models.TextChoices):
        YES = "YES", "Yes"
        PARTLY = "PARTLY", "Partly"
        NO = "NO", "No"

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="verdicts")
    token_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=6, choices=Channel.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["landlord", "answered_at", "id"], name="verdict_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "reply"],
                name="verdict_is_asked_once_for_a_reply",
                violation_error_message="They have been asked already.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "token_hash"], name="verdict_token_opens_one_question"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="verdict_answered_has_a_moment",
                violation_error_message="Choose yes, partly or no.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display() or "Not answered yet"

    @property
    def whose(self) -> str:
        """Who was asked, in words. Read with the reply's person and its feedback's body selected."""
        return str(self.reply.person or self.reply.feedback.body or "A resident")
