"""The forms of the outbox and of the providers it goes by."""

from involvement.delivery.forms.outbox import CameBack, OutboxFilters, StuckFilters, read_chosen
from involvement.delivery.forms.providers import PROVIDER_FORMS, ProviderForm

__all__ = [
    "PROVIDER_FORMS",
    "CameBack",
    "OutboxFilters",
    "ProviderForm",
    "StuckFilters",
    "read_chosen",
]
