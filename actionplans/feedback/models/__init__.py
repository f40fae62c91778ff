"""What was said, the themes it is grouped into, and the key of those who hand in e-mails."""

from actionplans.feedback.models.mail import MailKey
from actionplans.feedback.models.said import (
    EARLIEST,
    LONGEST_WORDS,
    Feedback,
    SourceKind,
    SpeakerKind,
)
from actionplans.feedback.models.themes import Theme, ThemeEntry
from actionplans.feedback.models.words import SaidWord

__all__ = [
    "EARLIEST",
    "LONGEST_WORDS",
    "Feedback",
    "MailKey",
    "SaidWord",
    "SourceKind",
    "SpeakerKind",
    "Theme",
    "ThemeEntry",
]
