"""The pages of lists: sources, one file from its preview to what came of it, and the door for systems."""
