"""What residents say on their own pages: where and by whom it was said, the page knows."""

from __future__ import annotations

from typing import Any, Final

from residents.preferences.forms.consents import ConsentForm
from residents.preferences.forms.needs import NeedsForm
from residents.preferences.forms.told import TOLD

_YOURS: Final = {
    "formats": "How would you like to read or hear what we send?",
    "language": "Your language, if not English",
    "support": "What would help you to come and take part?",
    "interpreter": "An interpreter, for which language?",
    "other": "Something else, in your words",
}


class OwnNeedsForm(NeedsForm):
    """Everything somebody needs, asked of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TOLD:
            del self.fields[name]
        for name, label in _YOURS.items():
            self.fields[name].label = label
        self.fields["formats"].help_text = "Every letter and paper for you is made so from then on."
        self.fields["support"].help_text = "Whoever invites you sees it."


class OwnConsentForm(ConsentForm):
    """Yes or no to one purpose, asked of whoever it is about."""

    whom = "you"
    whose = "Your answer"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TOLD:
            del self.fields[name]
