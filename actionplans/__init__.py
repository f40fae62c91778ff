"""ACT: plans, what residents said, what was decided, done and told: the golden thread."""
