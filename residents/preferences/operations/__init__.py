"""Only here are ways, needs and consents written."""

from residents.preferences.operations.consents import record_consent, record_consents
from residents.preferences.operations.founding import (
    add_purpose,
    change_purpose,
    found,
    put_purpose,
    write_wording,
)
from residents.preferences.operations.needs import NeedSaid, add_needs, set_needs
from residents.preferences.operations.ways import WaySaid, set_ways

__all__ = [
    "NeedSaid",
    "WaySaid",
    "add_needs",
    "add_purpose",
    "change_purpose",
    "found",
    "put_purpose",
    "record_consent",
    "record_consents",
    "set_needs",
    "set_ways",
    "write_wording",
]
