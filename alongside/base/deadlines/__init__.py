"""Open clocks, copied to one table for searching; always recomputed from facts."""
