"""Gathers the models of this package's capabilities for Django."""

from reporting.library.models import Report, ReportFile, Wording
from reporting.schedule.models import ReportSchedule

__all__ = ["Report", "ReportFile", "ReportSchedule", "Wording"]
