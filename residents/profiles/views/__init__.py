"""Pages of equality monitoring: cards and links, the question set, and the resident's own."""
