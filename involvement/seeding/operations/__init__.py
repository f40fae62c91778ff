from involvement.seeding.operations.rows import CannotMake, RowMaker
from involvement.seeding.operations.world import seed_landlord, seed_world

__all__ = ["CannotMake", "RowMaker", "seed_landlord", "seed_world"]
