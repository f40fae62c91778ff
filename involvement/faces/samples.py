"""The invented landlord, people and figures of the gallery, and of nothing else."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, Final

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Submit
from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from involvement.faces.context import ADDRESSES, Reader
from involvement.faces.navigation import Item

HERE: Final = "#"
TODAY: Final = dt.date(2026, 11, 23)
HISTORY: Final = [
    SimpleNamespace(
        by_words="Jean Marlow (demo)",
        sentence="changed the deadline of 4.3 Begin road shows",
        record_name="4.3 Begin road shows",
        changes=[{"label": "deadline", "old": "July 10", "new": "July 10 and review"}],
        at=dt.datetime(2026, 11, 20, 16, 12, tzinfo=dt.UTC),
    ),
    SimpleNamespace(
        by_words="Asha Patel (demo), for Mrs Hackett, by telephone",
        sentence="recorded what was said about the entry phone",
        record_name="Entry phone lights at Drake Court",
        changes=[],
        at=dt.datetime(2026, 11, 19, 9, 40, tzinfo=dt.UTC),
    ),
]


class AskForm(forms.Form):
    """One question of a resident's form."""

    how = forms.ChoiceField(
        label="How should we tell you what happens?",
        help_text="We use this for everything you tell us. You can change it at any time.",
        choices=[
            ("letter", "A letter"),
            ("large", "A letter in large print"),
            ("call", "A telephone call"),
            ("text", "A text message"),
            ("mail", "An e-mail"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should tell you what happens"},
    )


class MeetingForm(forms.Form):
    """A form of the desk with one of each kind of field."""

    title = forms.CharField(label="What is it called?")
    body = forms.ChoiceField(
        label="Whose meeting is it?",
        choices=[("", "Choose a group"), ("hsp", "Housing Strategy Panel")],
        error_messages={"required": "Choose whose meeting it is"},
    )
    on = forms.DateField(
        label="On which day?",
        help_text="For example 9 December 2026.",
        error_messages={"invalid": "Write the day as 9 December 2026"},
    )
    notes = forms.CharField(label="What should people know?", widget=forms.Textarea, required=False)
    needs = forms.MultipleChoiceField(
        label="What is there for those who need it?",
        choices=[
            ("loop", "Hearing loop"),
            ("lift", "A lift there and back"),
            ("child", "Child care"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    open_to_all = forms.BooleanField(label="Anybody may come", required=False)
    paper = forms.FileField(label="First paper", required=False)


class CrispyMeetingForm(MeetingForm):
    """The same form as crispy draws it, which most pages do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", "Save the meeting"))


class PlanFilter(forms.Form):
    """The filters of a plan."""

    outcome = forms.ChoiceField(label="Outcome", choices=[("", "All 7 outcomes")], required=False)
    owner = forms.ChoiceField(label="Owner", choices=[("", "Anybody")], required=False)
    monitored_by = forms.ChoiceField(
        label="Monitored by",
        choices=[("", "Any group"), ("hsp", "Housing Strategy Panel")],
        required=False,
    )
    deadline = forms.ChoiceField(label="Deadline", choices=[("", "Any time")], required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any state")], required=False)


def context() -> dict[str, Any]:
    """Everything the samples use, and the words of the context processor filled with the same people."""
    return {**_frame(), **_forms(), **_rows()}


def _frame() -> dict[str, Any]:
    landlord = SimpleNamespace(
        name="Poole Housing Partnership",
        short_name="Poole",
        contact_name="Jean Marlow (demo)",
        contact_phone="01632 960 142",
        contact_hours="Monday to Friday, 9 to 5. You may speak to a person, in your language.",
        logo=None,
    )
    return {
        "landlord": landlord,
        "demo_mode": True,
        "face_name": landlord.name,
        "logo_url": "",
        "contact_link": "tel:01632960142",
        "navigation": _navigation(),
        "addresses": dict.fromkeys(ADDRESSES, HERE),
        "reader": Reader(name="Jean Marlow (demo)", role="Resident involvement officer"),
    }


def _navigation() -> SimpleNamespace:
    def items(*labels: str, current: str = "") -> list[Item]:
        return [Item(label, HERE, current=label == current) for label in labels]

    desk = [("Today", 10), ("What was said", 41), ("Plan", 26), ("People", 6912), ("Groups", 31)]
    desk_more = [
        ("Calendar", None),
        ("Surveys", 3),
        ("Money", None),
        ("Figures", None),
        ("Reports", 1),
    ]
    gaps = {"People", "Money"}
    return SimpleNamespace(
        desk=[
            Item(label, HERE, count, current=label == "Today", starts_group=label in gaps)
            for label, count in [*desk, *desk_more]
        ],
        public=items(
            "Ways to take part",
            "Meetings",
            "You said, we did",
            "Who decides",
            "Reports",
            current="You said, we did",
        ),
        my=items(
            "Home", "My groups", "Meetings", "Papers", "What I said", "My details", current="Home"
        ),
        board=items("Reports", "Figures", "Plan", "Decisions", current="Figures"),
        foot=items(
            "Large print, Braille or audio",
            "Another language",
            "Bigger letters on this page",
            "How we keep your details",
        ),
    )


def _forms() -> dict[str, Any]:
    return {
        "ask_form": AskForm(),
        "ask_form_wrong": AskForm({}),
        "meeting_form": MeetingForm(initial={"title": "Housing Strategy Panel"}),
        "meeting_form_wrong": MeetingForm(
            {"title": "Forum", "on": "9.12", "body": "", "needs": ["lift"]}
        ),
        "crispy_form_wrong": CrispyMeetingForm({"title": "Forum", "on": "9.12", "needs": ["lift"]}),
        "plan_filter": PlanFilter({"monitored_by": "hsp"}),
    }


_PLAN_HEADS: Final = [
    ("Line", "plan__line"),
    ("Owner", "plan__owner"),
    ("Deadline", "plan__deadline"),
    ("Monitored by", "plan__monitored_by"),
    ("State", "plan__status"),
    ("Progress", "plan__progress"),
]


def _rows() -> dict[str, Any]:
    return {
        "here": HERE,
        "history": HISTORY,
        "today": TODAY,
        "days": [dt.date(2026, 11, 24), dt.date(2026, 11, 26), dt.date(2026, 12, 9)],
        "quarter": (dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
        "plan_heads": _PLAN_HEADS,
        "plan_states": [
            ("done", 5, ""),
            ("on_track", 12, ""),
            ("at_risk", 4, ""),
            ("late", 2, ""),
            ("not_started", 3, ""),
        ],
        "became": [
            ("tied", "Decided:", "yes, in part", "8 July"),
            ("tied", "Done:", "we ring you the evening before", "28 September"),
            ("ask", "Did it work?", "We will ask you in January", ""),
        ],
        "with_us": [
            ("ours", "With us:", "13 other people said the same", ""),
            (
                "todo",
                "Decision",
                "the panel meets on 9 December. Jean will write to you that week",
                "",
            ),
        ],
        "facts_rows": [
            ("From said to done", mark_safe("<b>113 days</b>. The usual is 140.")),
            (
                "From said to told",
                mark_safe("<b>165 days</b> and counting. The promise is 60 after the decision."),
            ),
            ("Looked after by", "Jean Marlow (demo)"),
        ],
        "tally_rows": [
            (212, "things you said"),
            (64, "done so far"),
            (19, "we said no to, with a reason"),
            (41, "we have not decided yet"),
        ],
        "subjects": [
            ("Everything", HERE, True),
            ("Repairs", HERE, False),
            ("Grounds", HERE, False),
            ("Safety", HERE, False),
            ("Money and rent", HERE, False),
            ("My estate", HERE, False),
        ],
        "people_page": Paginator([str(row) for row in range(1, 432)], 50).page(4),
        "sample_messages": [
            _message(25, "The 3 letters are with the printer. They go out on Tuesday 24 November.")
        ],
        "sample_refusals": [
            _message(40, "A signed report cannot be changed. Make a new version and say why.")
        ],
    }


def _message(level: int, words: str) -> Any:
    class Message(SimpleNamespace):
        def __str__(self) -> str:
            return words

    return Message(level=level)
