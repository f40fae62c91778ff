"""Gathers the models of this package's capabilities for Django."""

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, MailKey, SaidWord, Theme, ThemeEntry
from actionplans.outcomes.models import Outcome, OutcomeEvidence
from actionplans.plans.models import (
    GapLine,
    Line,
    LineLink,
    LineMonitor,
    LineOwner,
    NoteEvidence,
    Plan,
    PlanFile,
    PlanLink,
    PlanVersion,
    ProgressNote,
    Reminder,
    SmartReason,
    Target,
    UpdateLink,
    YearMark,
)
from actionplans.replies.models import Reply, Verdict

__all__ = [
    "Decision",
    "Feedback",
    "GapLine",
    "Line",
    "LineLink",
    "LineMonitor",
    "LineOwner",
    "MailKey",
    "NoteEvidence",
    "Outcome",
    "OutcomeEvidence",
    "Plan",
    "PlanFile",
    "PlanLink",
    "PlanVersion",
    "ProgressNote",
    "Reminder",
    "Reply",
    "SaidWord",
    "SmartReason",
    "Target",
    "Theme",
    "ThemeEntry",
    "UpdateLink",
    "Verdict",
    "YearMark",
]
