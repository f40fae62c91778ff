"""Gathers the models of this package's capabilities for Django."""

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, MailKey, Theme, ThemeEntry
from actionplans.outcomes.models import Outcome, OutcomeEvidence
from actionplans.replies.models import Reply, Verdict

__all__ = [
    "Decision",
    "Feedback",
    "MailKey",
    "Outcome",
    "OutcomeEvidence",
    "Reply",
    "Theme",
    "ThemeEntry",
    "Verdict",
]
