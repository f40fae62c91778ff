"""Gathers the models of this package's capabilities for Django."""

from actionplans.feedback.models import Feedback, Theme, ThemeEntry

__all__ = ["Feedback", "Theme", "ThemeEntry"]
