"""The trust, its schools, and the days on which each one meets."""
