from __future__ import annotations

from typing import Final

from involvement.landlords.forms.entries import OwnedForm
from involvement.landlords.registers import Register
from residents.interests.models import Method


class MethodForm(OwnedForm):
    class Meta:
        model = Method
        fields = ["name", "position"]
        labels = {"name": "Name of the way of taking part", "position": "Place in the order"}
        help_texts = {"position": "0 stands first. Those with the same number stand by name."}
        error_messages = {"name": {"required": "Write the name of the way of taking part."}}


METHODS: Final = Register(
    "methods",
    "Ways of taking part",
    "way of taking part",
    "ways of taking part",
    "What you offer: meetings, surveys, visits, at home. Residents say which of them suit them.",
    "There are no ways of taking part yet. Begin with meetings.",
    Method,
    MethodForm,
    (),
    order=("position", "name", "pk"),
)
