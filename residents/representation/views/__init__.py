"""Pages that show who takes part, and how many have told us who they are."""
