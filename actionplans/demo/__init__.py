"""The demonstration's plans and threads: every line of five real plans in our own words, what
residents said, what was decided, what changed, and who was told."""
