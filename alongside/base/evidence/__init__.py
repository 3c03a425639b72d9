"""What proves a duty: one function for each, next to the slice whose records prove it."""
