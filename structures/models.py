"""Gathers the models of this package's capabilities for Django."""

from structures.bodies.models import Body
from structures.strategy.models import (
    Agreement,
    Aim,
    Consultation,
    Driver,
    Objective,
    Priority,
    Standard,
    Strategy,
    StrategyDriver,
)

__all__ = [
    "Agreement",
    "Aim",
    "Body",
    "Consultation",
    "Driver",
    "Objective",
    "Priority",
    "Standard",
    "Strategy",
    "StrategyDriver",
]
