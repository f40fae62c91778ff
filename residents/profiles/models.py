from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Unit
from involvement.questionnaires.models import Version
from residents.people.models import Person


class EqualityAnswer(LandlordOwned):
    """Sealed: read and written by the functions of the equality store alone.

    `pseudonym` comes from the person and the landlord's secret, so no key leads from a person here.
    """

    pseudonym = models.UUIDField()
    # The collector must never look into a sealed table; the database keeps the key
    version = models.ForeignKey(
        Version, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    question = models.CharField(max_length=40)
    option = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField()
    # The pseudonyms it had before rows were merged, the latest last, so that a merge can be undone
    given_under = ArrayField(models.UUIDField(), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "pseudonym", "question", "option"],
                name="equality_answer_is_given_once",
                violation_error_message="This has been answered already.",
            ),
        ]
        indexes = [models.Index(fields=["landlord", "question"], name="equality_by_question")]

    def __str__(self) -> str:
        return "An equality answer"


class EqualitySecret(LandlordOwned):
    """Sealed: what pseudonyms are made with. Without it an answer is nobody's."""

    key = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord"],
                name="landlord_has_one_equality_secret",
                violation_error_message="This landlord has its secret already.",
            ),
        ]

    def __str__(self) -> str:
        return "A secret"


class EqualityTable(LandlordOwned):
    """Sealed: what a published table was counted from, so that the next one gives nobody away.

    `marks` tells who was counted where, as keyed hashes; `level` whether answers are in detail (0)
    or pooled (1); `shown` and `shown_outside` which cells may be seen at the desk and by everybody.
    """

    key = models.CharField(max_length=160)
    quarter_on = models.DateField()
    level = models.PositiveSmallIntegerField(default=0)
    counts = ArrayField(models.IntegerField())
    total = models.IntegerField()
    shown = ArrayField(models.BooleanField())
    shown_outside = ArrayField(models.BooleanField())
    marks = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "key"],
                name="equality_table_is_kept_once",
                violation_error_message="This table is kept already.",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class EqualityLink(LandlordOwned, Acted):
    """A link by which one person answers by themselves. Closed says done with, whether they
    answered or chose not to: which of the two is nobody's business."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="equality_links")
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "token_hash"],
                name="equality_link_has_its_own_token",
                violation_error_message="Make another link.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")),
                name="equality_link_expires_after_it_is_made",
                violation_error_message="A link must stay open for some time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Link for {self.person}"


class GuardianConsent(LandlordOwned, Acted):
    """A parent or guardian agrees that a young person may answer."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardian_consents")
    guardian = models.CharField("guardian", max_length=120)
    relation = models.CharField("who they are to the young person", max_length=60)
    given_on = models.DateField("given on")
    withdrawn_on = models.DateField("withdrawn on", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person"],
                condition=Q(withdrawn_on__isnull=True),
                name="guardian_consent_stands_once",
                violation_error_message="A guardian has agreed already.",
            ),
            models.CheckConstraint(
                condition=~Q(guardian=""),
                name="guardian_consent_names_the_guardian",
                violation_error_message="Write the name of the parent or guardian.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                name="guardian_consent_is_withdrawn_after_it_is_given",
                violation_error_message="It cannot be withdrawn before it was given.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} for {self.person}"


class EqualityObjection(LandlordOwned, Acted):
    """Somebody has told us to stop: what they answered is erased and nothing more is taken."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="equality_objections")
    objected_on = models.DateField()
    lifted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person"],
                condition=Q(lifted_on__isnull=True),
                name="equality_objection_stands_once",
                violation_error_message="This person has objected already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Objection of {self.person}"


class AgeBand(LandlordOwned):
    """A band of ages, from `lowest` up to where the next one begins, so that no two overlap.

    What is printed may: "17 to 25" above "25 and over".
    """

    label = models.CharField("what is printed", max_length=40)
    lowest = models.PositiveSmallIntegerField("from age")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "lowest"],
                name="age_band_begins_where_no_other_does",
                violation_error_message="Another band begins at this age. Choose another age.",
            ),
            models.CheckConstraint(
                condition=Q(lowest__lte=110),
                name="age_band_begins_at_an_age_people_reach",
                violation_error_message="Choose an age up to 110.",
            ),
            models.CheckConstraint(
                condition=~Q(label=""),
                name="age_band_says_what_is_printed",
                violation_error_message="Write what is printed, such as “16 to 24”.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ProfileTarget(LandlordOwned, Acted):
    """How many in a hundred residents should have told us, by when; of one unit or of all."""

    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="profile_targets"
    )
    percent = models.PositiveSmallIntegerField("per cent")
    by_date = models.DateField("by when")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "unit"],
                nulls_distinct=False,
                name="unit_has_one_profile_target",
                violation_error_message="There is a target for this part already. Change that one.",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="profile_target_is_a_percentage",
                violation_error_message="Write a percentage from 1 to 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent}% by {self.by_date.day} {self.by_date:%B %Y}"


class PopulationTotal(LandlordOwned, Acted):
    """How many residents are of one category, as somebody else counted them."""

    characteristic = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    as_of_date = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "characteristic", "category", "as_of_date"],
                name="population_total_is_given_once_a_day",
                violation_error_message="There is a figure for this category and day already.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="population_total_says_its_source",
                violation_error_message="Say where the figure comes from.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.characteristic}, {self.category}: {self.count}"
