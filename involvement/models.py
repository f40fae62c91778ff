"""Gathers the models of this package's capabilities for Django."""

from involvement.accounts.models import Invitation, Membership, SignInRule, StaffMember, Team, User
from involvement.auditing.models import AuditEntry, ViewLogEntry
from involvement.delivery.models import (
    DeliveryAttempt,
    InboundMessage,
    LetterBatch,
    Message,
    Provider,
    Receipt,
    RefusedCalls,
)
from involvement.documents.models import StoredFile
from involvement.importing.models import SavedMapping, Upload
from involvement.landlords.models import (
    Domain,
    GlossaryTerm,
    Landlord,
    Level,
    Place,
    Subject,
    Unit,
    Word,
)
from involvement.questionnaires.models import Questionnaire, Translation, Version

__all__ = [
    "AuditEntry",
    "DeliveryAttempt",
    "Domain",
    "GlossaryTerm",
    "InboundMessage",
    "Invitation",
    "Landlord",
    "LetterBatch",
    "Level",
    "Membership",
    "Message",
    "Place",
    "Provider",
    "Questionnaire",
    "Receipt",
    "RefusedCalls",
    "SavedMapping",
    "SignInRule",
    "StaffMember",
    "StoredFile",
    "Subject",
    "Team",
    "Translation",
    "Unit",
    "Upload",
    "User",
    "Version",
    "ViewLogEntry",
    "Word",
]
