from actionplans.plans.models.gap import GapLine
from actionplans.plans.models.line import Line, LineLink, SmartReason, Target, YearMark
from actionplans.plans.models.people import LineMonitor, LineOwner
from actionplans.plans.models.plan import Plan, PlanFile, PlanLink, PlanVersion
from actionplans.plans.models.progress import NoteEvidence, ProgressNote, Reminder, UpdateLink

__all__ = [
    "GapLine",
    "Line",
    "LineLink",
    "LineMonitor",
    "LineOwner",
    "NoteEvidence",
    "Plan",
    "PlanFile",
    "PlanLink",
    "PlanVersion",
    "ProgressNote",
    "Reminder",
    "SmartReason",
    "Target",
    "UpdateLink",
    "YearMark",
]
