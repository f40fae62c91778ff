"""Forms of the settings pages."""

from involvement.landlords.forms.entries import OwnedForm
from involvement.landlords.forms.sections import SECTIONS, Section

__all__ = ["SECTIONS", "OwnedForm", "Section"]
