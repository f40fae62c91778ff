from __future__ import annotations

from django.db import models

from actionplans.feedback.models.said import Feedback
from involvement.isolation.models import LandlordOwned


class SaidWord(LandlordOwned):
    """One word of one piece of feedback, by which the log is searched.

    The database writes these from the words themselves. It keeps each word's stem, so that
    "repairs" finds "repair", and none that stand in everything, such as "the". Under row-level
    security a plain comparison keeps its index, and a search of the text itself does not.
    """

    feedback = models.ForeignKey(
        Feedback, on_delete=models.CASCADE, related_name="said_words", db_index=False
    )
    word = models.TextField(db_collation="C")
    said_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "word", "-said_on", "-feedback"], name="said_word_latest"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "feedback", "word"],
                name="said_word_is_kept_once",
                violation_error_message="This word of it is kept already.",
            )
        ]

    def __str__(self) -> str:
        return self.word
