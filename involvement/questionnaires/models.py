"""Questionnaires and their versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned


class Questionnaire(LandlordOwned):
    """Something that is asked again and again. `key` is how its capability knows it."""

    key = models.CharField(max_length=40)
    title = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "key"],
                name="questionnaire_is_there_once",
                violation_error_message="There is a questionnaire of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Version(LandlordOwned, Acted):
    """What a questionnaire asks from a day on. Once in use it does not change.

    `definition` is what `definition.read_definition` reads. `mapping` says what became of the
    answers of the version before: {question: {old code: new code, or "" for no longer counted}};
    what is not in it keeps its code.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Being changed"
        IN_USE = "IN_USE", "In use"
        RETIRED = "RETIRED", "No longer asked"

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    definition = models.JSONField()
    mapping = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    valid_from_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "questionnaire", "number"],
                name="version_has_its_own_number",
                violation_error_message="This questionnaire has a version of this number.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "questionnaire"],
                condition=Q(state="IN_USE"),
                name="one_version_of_a_questionnaire_is_in_use",
                violation_error_message="Another version of this questionnaire is in use.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "questionnaire"],
                condition=Q(state="DRAFT"),
                name="one_version_of_a_questionnaire_is_being_changed",
                violation_error_message="This questionnaire is being changed already.",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT") | Q(valid_from_on__isnull=False),
                name="version_in_use_says_from_when",
                violation_error_message="Say from which day this version is asked.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, version {self.number}"


class Translation(LandlordOwned, Acted):
    """A version's words in another language, by the places of `definition.places_for_words`."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    words = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "version", "language"],
                name="version_is_translated_once_into_a_language",
                violation_error_message="This version has words in this language already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} in {self.language}"
