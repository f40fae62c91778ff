"""The writers of this capability: `keys` moves and blanks rows by their key to a person."""
