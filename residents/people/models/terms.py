from __future__ import annotations

from django.db import models

from involvement.isolation.models import LandlordOwned
from residents.people.models.person import Person


class PersonTerm(LandlordOwned):
    """A word by which somebody is found: of their name, address, reference, number, postcode.

    Kept by the database as people are written, however they are written, so that no writer can
    forget it; see `0005_people_are_found_by_terms`. Pattern search cannot use an index under
    row-level security; a range of these can.
    """

    # Who is found; and of a word from the row of somebody merged into them, from whose
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="terms", db_index=False
    )
    merged_from = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="terms_given", db_index=False
    )
    term = models.CharField(max_length=80, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "term", "person"], name="person_found_by_term"),
            models.Index(
                fields=["landlord", "merged_from"],
                name="term_of_a_person_merged_away",
                condition=models.Q(merged_from__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "merged_from", "term"],
                nulls_distinct=False,
                name="person_has_a_term_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_from=models.F("person")),
                name="term_is_not_merged_from_its_own_person",
            ),
        ]

    def __str__(self) -> str:
        return self.term
