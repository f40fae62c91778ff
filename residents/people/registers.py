"""The lists of this capability that a landlord keeps on its settings pages."""

from __future__ import annotations

from typing import Final

from involvement.landlords.registers import Register
from residents.people.forms import CustomerTypeForm
from residents.people.models import CustomerType

CUSTOMER_TYPES: Final = Register(
    "customer-types",
    "Customer types",
    "customer type",
    "customer types",
    "What people are to you, in your own words: tenant, leaseholder, service user.",
    "There are no customer types yet. Begin with tenant.",
    CustomerType,
    CustomerTypeForm,
    (("What it is", "get_kind_display"),),
    order=("position", "name", "pk"),
)
