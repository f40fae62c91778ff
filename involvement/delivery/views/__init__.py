"""The pages of the outbox, of its letters and of the providers it goes by."""
