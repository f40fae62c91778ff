from __future__ import annotations

from typing import Any

from django import forms

from residents.people.models import Person
from residents.people.queries import PHONE
from residents.signin import codes
from residents.signin.reached import Address


class SharedField(forms.BooleanField):
    """Whether others use this computer."""

    def __init__(self) -> None:
        super().__init__(
            label="This is a shared computer",
            help_text="At a library or with friends: we sign you out when the browser is closed, "
            "and after an hour in any case.",
            required=False,
        )


class AskForm(forms.Form):
    """Where the code should go."""

    address = forms.CharField(
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none",
                                      "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, texts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        field = self.fields["address"]
        field.label = "Your e-mail address or mobile number" if texts else "Your e-mail address"
        field.error_messages["required"] = f"Write {field.label[0].lower()}{field.label[1:]}."

    def clean_address(self) -> Address:
        found = Address.read(self.cleaned_data["address"])
        if found is None:
            raise forms.ValidationError(
                "Write an e-mail address such as name@post.example"
                + (", or a number such as 07700 900 123." if self.texts else ".")
            )
        if found.channel == "TEXT" and not self.texts:
            raise forms.ValidationError(
                "We cannot send texts. Write your e-mail address, or use a code from a letter."
            )
        return found


class CodeForm(forms.Form):
    """The figures that were sent."""

    code = forms.CharField(
        label="The code we sent you",
        max_length=20,
        help_text="Six figures, such as 482 913.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the six figures we sent you."},
    )
    is_shared = SharedField()

    def clean_code(self) -> str:
        typed = codes.figures_typed(self.cleaned_data["code"])
        if len(typed) != codes.FIGURES:
            raise forms.ValidationError("The code has six figures. Look at it again.")
        return typed


class LetterForm(forms.Form):
    """The code in a letter, and where its reader lives."""

    code = forms.CharField(
        label="The code in your letter",
        max_length=20,
        help_text="Eight letters and figures, such as ACDE-3467. Large and small letters are the "
        "same.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the code that stands in your letter."},
    )
    postcode = forms.CharField(
        label="Your postcode",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"required": "Write your postcode."},
    )
    is_shared = SharedField()

    def clean_code(self) -> str:
        typed = codes.letters_typed(self.cleaned_data["code"])
        if len(typed) != codes.LETTERS:
            raise forms.ValidationError("The code has eight letters and figures. Look at it again.")
        return typed


class LinkForm(forms.Form):
    """The one button behind a link, and whether others use the computer."""

    is_shared = SharedField()


class WhoForm(forms.Form):
    """Which of those who share an address they are."""

    proof = forms.CharField(widget=forms.HiddenInput)
    is_shared = forms.BooleanField(required=False, widget=forms.HiddenInput)
    person = forms.ChoiceField(
        label="Who are you?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who you are.",
            "invalid_choice": "Choose one of the names on this page.",
        },
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["person"]
        who.choices = [(str(person.pk), words) for person, words in told_apart(people)]


def told_apart(people: list[Person]) -> list[tuple[Person, str]]:
    """People by their first names, or by the whole where two have the same."""
    firsts = [person.name.split(" ")[0] for person in people]
    return [
        (person, first if firsts.count(first) == 1 else person.name)
        for person, first in zip(people, firsts, strict=True)
    ]


class RingForm(forms.Form):
    """Whom to ring, and about what."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name, so that we know whom to ask for."},
    )
    phone = forms.CharField(
        label="Your telephone number",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": "Write the number on which we can ring you."},
    )
    words = forms.CharField(
        label="What about, and when does it suit you?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="You may leave this empty.",
    )
    # People do not see this; programs that fill in every field do.
    website = forms.CharField(required=False, label="Leave this empty", max_length=200)

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if not PHONE.match(phone):
            raise forms.ValidationError("Write a number such as 01632 960 142.")
        return phone

    @property
    def from_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))


class ActForForm(forms.Form):
    """For whom they act from now on."""

    whom = forms.ChoiceField(
        label="Whose pages would you like to see?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose pages you would like to see."},
    )

    def __init__(self, *args: Any, rows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom: Any = self.fields["whom"]
        whom.choices = rows
