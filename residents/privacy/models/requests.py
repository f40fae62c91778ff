from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from involvement.auditing.actors import Channel
from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class AccessRequest(LandlordOwned, Acted):
    """Somebody asked to see what is kept about them, and the pack they were sent.

    The clock is one calendar month (article 12(3) of the UK GDPR), two more with a reason. The
    pack itself goes when `expires_on` is over; that it was made and sent stays.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "Being put together"
        READY = "READY", "Ready to send"
        SENT = "SENT", "Sent"
        CLOSED = "CLOSED", "Closed without a pack"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="access_requests", db_index=False
    )
    asked_on = models.DateField()
    asked_how = models.CharField(max_length=6, choices=Channel.choices)
    identity_words = models.CharField("how we know it is them", max_length=200)
    recorded_at = models.DateTimeField()
    due_on = models.DateField()
    extended_because = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    pack = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_requests",
    )
    made_at = models.DateTimeField(null=True, blank=True)
    made_by = models.CharField(max_length=120, blank=True, default="")
    contents = models.JSONField(default=list, blank=True, help_text="What is in it, and how much.")
    expires_on = models.DateField(null=True, blank=True)
    downloads = models.PositiveIntegerField(default=0)
    sent_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=6, choices=Channel.choices, blank=True, default="")
    closed_because = models.CharField(max_length=300, blank=True, default="")
    form_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "state", "due_on", "id"], name="access_by_due"),
            models.Index(fields=["landlord", "person", "id"], name="access_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")),
                name="access_is_due_after_it_was_asked",
                violation_error_message="The answer is due after the day they asked.",
            ),
            models.CheckConstraint(
                condition=~Q(identity_words=""),
                name="access_says_how_we_know_them",
                violation_error_message="Say how we know that it is them.",
            ),
            models.CheckConstraint(
                condition=Q(state="SENT", sent_on__isnull=False) & ~Q(sent_how="")
                | ~Q(state="SENT") & Q(sent_on__isnull=True, sent_how=""),
                name="access_sent_says_when_and_how",
                violation_error_message="Say when and how the pack was sent.",
            ),
            models.CheckConstraint(
                condition=Q(state="CLOSED") & ~Q(closed_because="")
                | ~Q(state="CLOSED") & Q(closed_because=""),
                name="access_closed_says_why",
                violation_error_message="Say why no pack was made.",
            ),
            models.CheckConstraint(
                condition=Q(pack__isnull=True) | Q(made_at__isnull=False, expires_on__isnull=False),
                name="access_pack_has_an_end",
                violation_error_message="Say until when the pack is kept.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "person"],
                condition=Q(state__in=["OPEN", "READY"]),
                name="access_is_asked_once_at_a_time",
                violation_error_message="They have asked already; finish that request first.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="access_form_is_saved_once",
                violation_error_message="This request is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Access request {self.pk}"


class Mention(LandlordOwned):
    """A text that seems to name whoever asked, found for one request.

    An officer includes it, with other people's names taken out of `shown_words`, or leaves it out.
    Goes with the pack.
    """

    class Choice(models.TextChoices):
        WAITING = "WAITING", "To be looked at"
        INCLUDED = "INCLUDED", "In the pack"
        LEFT_OUT = "LEFT_OUT", "Left out"

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="mentions")
    record_kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=60)
    heading = models.CharField(max_length=120)
    certain = models.BooleanField(default=True, help_text="Names them as the register does.")
    words = models.TextField()
    shown_words = models.TextField()
    choice = models.CharField(max_length=8, choices=Choice.choices, default=Choice.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "request", "record_kind", "record_id", "field"],
                name="mention_is_found_once_for_a_request",
                violation_error_message="This text is in the list already.",
            ),
            models.CheckConstraint(
                condition=~Q(choice="INCLUDED") | ~Q(shown_words=""),
                name="mention_included_has_words",
                violation_error_message="Write what they are shown, or leave it out.",
            ),
        ]

    def __str__(self) -> str:
        return self.heading
