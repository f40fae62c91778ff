"""What is kept of what people may ask about their own data, and of what the landlord promises."""

from residents.privacy.models.complaints import DataComplaint
from residents.privacy.models.erasures import Erasure
from residents.privacy.models.requests import AccessRequest, Mention
from residents.privacy.models.retention import (
    LegalHold,
    RecordWarnedOf,
    RetentionRule,
    RetentionRun,
    RetentionWarning,
)

__all__ = [
    "AccessRequest",
    "DataComplaint",
    "Erasure",
    "LegalHold",
    "Mention",
    "RecordWarnedOf",
    "RetentionRule",
    "RetentionRun",
    "RetentionWarning",
]
