"""A starting set of subjects for a landlord of homes: what residents mostly speak about.

In our own words; the breadth follows the Tenant Satisfaction Measures' themes (repairs, safety,
complaints, respect, neighbourhoods) and the consumer standards of 2024 in England.
"""

from __future__ import annotations

from typing import Final

STARTING_SUBJECTS: Final[dict[str, tuple[str, ...]]] = {
    "Repairs and improvements": (
        "Everyday repairs",
        "Planned improvements",
        "Damp and mould",
        "Heating and hot water",
        "Adaptations",
    ),
    "Safety of the building": (
        "Fire safety",
        "Gas and electrical safety",
        "Lifts",
        "Entry and locks",
    ),
    "Estates and shared areas": (
        "Cleaning",
        "Grass and gardens",
        "Bins and recycling",
        "Parking",
        "Lighting",
    ),
    "Living next to one another": ("Noise and nuisance", "Hate and harassment", "Community"),
    "Rent and service charges": ("Rent", "Service charges", "Help with money"),
    "Moving and letting": ("Finding a home", "Moving in and out", "Swapping homes"),
    "Older and supported residents": ("Sheltered and extra care", "Support and alarms"),
    "Leaseholders and shared owners": (),
    "How we treat you": (
        "Complaints",
        "Being kept informed",
        "Respect and fairness",
        "Telephone and online",
    ),
    "Getting involved": ("Groups and panels", "Training and support", "Surveys"),
    "Environment and energy": (),
}
