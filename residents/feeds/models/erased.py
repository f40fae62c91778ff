from __future__ import annotations

from django.db import models

from involvement.isolation.models import LandlordOwned


class ErasedReference(LandlordOwned):
    """That somebody who was erased had a reference, so that no list brings them back.

    All that is kept is a keyed hash of the reference (HMAC-SHA256 with the landlord's own
    ReferenceSecret): it tells no name and no reference, and is another for every landlord. It says no
    source: the register finds people by reference whichever system a list comes from, so another
    source would bring them back. No more is kept than stopping that takes (UK GDPR, article 5(1)(c)).
    """

    mark = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "mark"],
                name="erased_reference_is_marked_once",
                violation_error_message="This reference is marked already.",
            ),
        ]

    def __str__(self) -> str:
        return "An erased reference"


class ReferenceSecret(LandlordOwned):
    """What the landlord's references are hashed with. It stays when keys of the site change, or
    those who were erased would be taken for new people."""

    key = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord"],
                name="landlord_has_one_reference_secret",
                violation_error_message="This landlord has its secret already.",
            ),
        ]

    def __str__(self) -> str:
        return "A secret"
