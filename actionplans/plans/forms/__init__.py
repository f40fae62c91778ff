"""What the pages of plans ask for."""

from actionplans.plans.forms.arising import ArisingLineForm, AroseForm, PlanToChange, TieForm
from actionplans.plans.forms.files import MappingForm, UploadForm
from actionplans.plans.forms.line import (
    LineForm,
    LinkForm,
    MoveForm,
    SplitForm,
    TargetForm,
    line_values,
    split_values,
)
from actionplans.plans.forms.plan import (
    AgreeForm,
    CarryForm,
    PlanFilter,
    PlanForm,
    PlanLinkForm,
    ReasonForm,
)
from actionplans.plans.forms.progress import (
    DeadlineForm,
    LinkUpdateForm,
    ProgressForm,
    SendLinkForm,
)

__all__ = [
    "AgreeForm",
    "ArisingLineForm",
    "AroseForm",
    "CarryForm",
    "DeadlineForm",
    "LineForm",
    "LinkForm",
    "LinkUpdateForm",
    "MappingForm",
    "MoveForm",
    "PlanFilter",
    "PlanForm",
    "PlanLinkForm",
    "PlanToChange",
    "ProgressForm",
    "ReasonForm",
    "SendLinkForm",
    "SplitForm",
    "TargetForm",
    "TieForm",
    "UploadForm",
    "line_values",
    "split_values",
]
