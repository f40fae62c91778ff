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

    # Who is found, and whose row the word stands in: another's, where that one was merged away
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="terms", db_index=False
    )
    written_in = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="own_terms", db_index=False
    )
    term = models.CharField(max_length=80, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "term", "person"], name="person_found_by_term"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "written_in", "term"], name="person_has_a_term_once"
            ),
        ]

    def __str__(self) -> str:
        return self.term
