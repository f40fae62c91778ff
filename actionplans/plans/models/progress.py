from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from actionplans.plans.models.line import Line
from involvement.accounts.models import StaffMember
from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned


class ProgressNote(LandlordOwned, Acted):
    """What has happened, dated. With `status` it also says how the line stood from then on, so
    that the state on any past day can be told.
    """

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="notes", db_index=False)
    noted_at = models.DateTimeField()
    words = models.TextField()
    status = models.CharField(max_length=11, choices=Line.Status.choices, blank=True, default="")
    names_somebody = models.BooleanField(
        "it names somebody",
        default=False,
        help_text="Then it is left out of what residents, panels and boards are given.",
    )
    from_file = models.BooleanField(default=False, editable=False)
    # The form's own key: sent twice, it is kept once.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        indexes = [models.Index(fields=["landlord", "line", "-noted_at"], name="note_of_a_line")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="progress_note_says_something",
                violation_error_message="Write what has happened, in a sentence or two.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_key"], name="progress_note_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class NoteEvidence(LandlordOwned):
    """A file, or the address of a page, that shows a note to be true."""

    note = models.ForeignKey(ProgressNote, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="progress_notes"
    )
    link = models.URLField(blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                name="evidence_is_a_file_or_a_link",
                violation_error_message="Choose a file or write an address, one of the two.",
            )
        ]

    def __str__(self) -> str:
        return self.words or self.link or str(self.file)


class UpdateLink(LandlordOwned, Acted):
    """A link that lets a colleague who never signs in update one line. Only its hash is kept."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="update_links")
    staff = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, null=True, blank=True, related_name="update_links"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "token_hash"], name="update_token_opens_one_line"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("sent_at")),
                name="update_link_expires_after_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}, for {self.name}"


class Reminder(LandlordOwned):
    """A reminder about one line and one due date, to one address. Its key makes it go once."""

    class Kind(models.TextChoices):
        BEFORE = "BEFORE", "Before it is due"
        AFTER = "AFTER", "After it was due"

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    due_on = models.DateField()
    email = models.EmailField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "line", "kind", "due_on", "email"],
                name="reminder_goes_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.line}"
