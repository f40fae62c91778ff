from __future__ import annotations

import pytest

from involvement.landlords.models import Landlord


@pytest.fixture
def in_poole(in_poole: Landlord) -> Landlord:
    """Poole with the officer whom every letter names."""
    in_poole.contact_name, in_poole.contact_phone = "Jean Marlow (demo)", "01632 960 142"
    in_poole.contact_address = "Beech House\n28 Wimborne Road\nPoole"
    in_poole.save()
    return in_poole
