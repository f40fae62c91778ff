"""The forms of the outbox and of the providers it goes by."""

from involvement.delivery.forms.outbox import (
    CameBack,
    OutboxFilters,
    StuckFilters,
    TestNumber,
    read_chosen,
)
from involvement.delivery.forms.providers import ProviderForm
from involvement.delivery.forms.ways import WAYS, form_for

__all__ = [
    "WAYS",
    "CameBack",
    "OutboxFilters",
    "ProviderForm",
    "StuckFilters",
    "TestNumber",
    "form_for",
    "read_chosen",
]
