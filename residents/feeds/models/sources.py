from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned

DEFAULT_SHARE = 10


class Mode(models.TextChoices):
    """What a file of a source is."""

    FULL = "FULL", "Everybody: whoever is not in it has left"
    DELTA = "DELTA", "Changes only: nobody leaves by not being in it"


class Source(LandlordOwned):
    """A system that sends lists of people and homes. `choices` are the fields its headings feed."""

    name = models.CharField("name", max_length=60)
    # Names the folder its files are picked up from
    slug = models.SlugField(max_length=60)
    mode = models.CharField(
        "what its files hold", max_length=5, choices=Mode.choices, default=Mode.DELTA
    )
    leaver_share = models.PositiveSmallIntegerField(
        "most who may leave at once, in per cent", default=DEFAULT_SHARE
    )
    picks_up = models.BooleanField("pick files up from its folder", default=False)
    choices = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="feed_source_name_is_taken_once",
                violation_error_message="You have a source of this name already.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "slug"],
                name="feed_source_folder_is_taken_once",
                violation_error_message="You have a source with nearly this name. Choose another.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="feed_source_has_a_name",
                violation_error_message="Write the name of the system.",
            ),
            models.CheckConstraint(
                condition=Q(leaver_share__lte=100),
                name="feed_source_share_is_at_most_all",
                violation_error_message="Write a share from 0 to 100 per cent.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Token(LandlordOwned, Acted):
    """What a system shows to send a source's files. Only its digest is kept."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField("what sends the files", max_length=80)
    digest = models.CharField(max_length=64)
    ending = models.CharField(max_length=4)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "digest"],
                name="feed_token_is_its_own",
                violation_error_message="Make another token.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="feed_token_says_what_sends",
                violation_error_message="Write what sends the files.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
