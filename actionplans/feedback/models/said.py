from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncDate

from involvement.accounts.models import Team
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Place, Subject, Unit
from residents.people.models import Person
from structures.bodies.models import Body

LONGEST_WORDS = 20_000
EARLIEST = dt.date(1970, 1, 1)


class SourceKind(models.TextChoices):
    """The plain channels by which something reaches the log."""

    LETTER = "LETTER", "Letter"
    PHONE = "PHONE", "Telephone call"
    EMAIL = "EMAIL", "E-mail"
    TEXT = "TEXT", "Text message"
    WEB = "WEB", "Online"
    FACE = "FACE", "Face to face"
    MEETING = "MEETING", "Meeting"
    SURVEY = "SURVEY", "Survey"
    WALKABOUT = "WALKABOUT", "Walkabout"
    PAPER_CARD = "PAPER_CARD", "Paper card"
    SOCIAL = "SOCIAL", "Social media"
    IMPORT = "IMPORT", "List from elsewhere"


class SpeakerKind(models.TextChoices):
    """Whether there is somebody to answer."""

    PERSON = "PERSON", "A person we know"
    BODY = "BODY", "A group"
    ANONYMOUS = "ANONYMOUS", "Nobody we can reach"


class Feedback(LandlordOwned, Acted):
    """One thing said by one speaker.

    `words` are theirs. A slip of the pen may be put right once or often; `original_words` then
    keeps what was first written down, for ever. The actor's columns say who spoke, by which
    channel, and which clerk keyed it in.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "Open"
        ANSWERED = "ANSWERED", "Answered by a decision"
        NOTED = "NOTED", "Noted and thanked"

    words = models.TextField(max_length=LONGEST_WORDS)
    original_words = models.TextField(blank=True, default="")
    corrected_at = models.DateTimeField(null=True, blank=True)
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    source_kind = models.CharField("how it reached us", max_length=10, choices=SourceKind.choices)
    source_words = models.CharField(
        "which one", max_length=200, blank=True, default="", help_text="“Stall at the fun day”"
    )
    speaker_kind = models.CharField(max_length=9, choices=SpeakerKind.choices)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        db_index=False,
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    speaker_words = models.CharField(
        max_length=120,
        blank=True,
        default="",
        help_text="A name that came without any way to reach them.",
    )
    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        db_index=False,
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        db_index=False,
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        db_index=False,
    )
    team = models.ForeignKey(
        Team,
        verbose_name="looked after by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
    )
    quote_permission = models.BooleanField("may be quoted", default=False)
    wants_reply = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    noted_reason = models.CharField(max_length=500, blank=True, default="")
    noted_at = models.DateTimeField(null=True, blank=True)
    # Kept by the database, which sees every entry come and go.
    in_a_theme = models.BooleanField(default=False, db_default=False, editable=False)
    # What an imported file said besides, by its heading
    extra = models.JSONField(default=dict, blank=True)
    # Each makes one row of one arrival, however often it arrives.
    fingerprint = models.CharField(max_length=64, blank=True, default="", editable=False)
    message_id = models.CharField(max_length=250, blank=True, default="", editable=False)
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "piece of feedback"
        verbose_name_plural = "feedback"
        indexes = [
            models.Index(fields=["landlord", "-said_on", "-id"], name="feedback_latest"),
            models.Index(fields=["landlord", "state", "-said_on", "-id"], name="feedback_by_state"),
            models.Index(
                fields=["landlord", "subject", "-said_on", "-id"], name="feedback_by_subject"
            ),
            models.Index(fields=["landlord", "place", "-said_on", "-id"], name="feedback_by_place"),
            models.Index(fields=["landlord", "unit", "-said_on", "-id"], name="feedback_by_unit"),
            models.Index(
                fields=["landlord", "person", "-said_on", "-id"], name="feedback_by_person"
            ),
            models.Index(
                fields=["landlord", "source_kind", "-said_on", "-id"], name="feedback_by_source"
            ),
            models.Index(
                fields=["landlord", "-said_on", "-id"],
                condition=Q(in_a_theme=False),
                name="feedback_in_no_theme",
            ),
            models.Index(
                fields=["landlord", "state", "-said_on", "-id"],
                condition=Q(in_a_theme=False),
                name="feedback_loose_by_state",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="feedback_has_words",
                violation_error_message="Write what was said.",
            ),
            models.CheckConstraint(
                condition=Q(speaker_kind=SpeakerKind.PERSON, person__isnull=False)
                & Q(body__isnull=True, speaker_words="")
                | Q(speaker_kind=SpeakerKind.BODY, body__isnull=False)
                & Q(person__isnull=True, speaker_words="")
                | Q(speaker_kind=SpeakerKind.ANONYMOUS, person__isnull=True, body__isnull=True),
                name="feedback_has_one_speaker_or_none",
                violation_error_message="Say who spoke: one person, or one group, or nobody known.",
            ),
            models.CheckConstraint(
                condition=Q(wants_reply=False) | ~Q(speaker_kind=SpeakerKind.ANONYMOUS),
                name="feedback_reply_has_somebody_to_reach",
                violation_error_message="To reply we need to know whom. Say who spoke.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="NOTED", noted_at__isnull=False) & ~Q(noted_reason="")
                    | ~Q(state="NOTED") & Q(noted_at__isnull=True, noted_reason="")
                ),
                name="feedback_is_noted_with_a_reason",
                violation_error_message="Say why it needs no decision.",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, original_words="")
                | Q(corrected_at__isnull=False) & ~Q(original_words=""),
                name="feedback_keeps_its_original_words",
                violation_error_message="The first words stay beside the corrected ones.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__gte=EARLIEST) & Q(said_on__lte=TruncDate("recorded_at")),
                name="feedback_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="feedback_row_is_imported_once",
                violation_error_message="This row has been imported already.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "message_id"],
                condition=~Q(message_id=""),
                name="feedback_message_is_received_once",
                violation_error_message="This e-mail is in the log already.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="feedback_form_is_saved_once",
                violation_error_message="This has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else self.words[:79].rstrip() + "…"

    @property
    def speaker(self) -> str:
        """Who spoke, in words. Read with `person` and `body` selected."""
        if self.person is not None:
            return self.person.name
        if self.body is not None:
            return self.body.name
        return self.speaker_words or "Somebody who gave no name"

    @property
    def source(self) -> str:
        """How it reached us, in words: “Paper card: stall at the fun day”."""
        kind = SourceKind(self.source_kind).label
        return f"{kind}: {self.source_words}" if self.source_words else kind

    def days_since_said(self, today: dt.date) -> int:
        """Whole days between the day it was said and `today`."""
        return (today - self.said_on).days
