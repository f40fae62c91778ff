"""ASK: surveys, consultations and panels, and what came of them."""
