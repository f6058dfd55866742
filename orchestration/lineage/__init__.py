"""Which rows of the returns stand behind a figure, and the verb that tells it."""
