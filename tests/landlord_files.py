"""Where the five landlords' own plans lie: `../shared/landlords`, beside the project."""

from pathlib import Path
from typing import Final

import pytest

_PROJECT: Final = Path(__file__).resolve().parents[1]
# A second checkout may stand deeper than the first
_CANDIDATES: Final = [parent / "shared" / "landlords" for parent in _PROJECT.parents]
LANDLORD_FILES: Final = next((path for path in _CANDIDATES if path.is_dir()), _CANDIDATES[0])

needs_landlord_files = pytest.mark.skipif(
    not LANDLORD_FILES.is_dir(),
    reason="NOT RUN: the landlords' own plans are not in ../shared/landlords beside this project",
)
