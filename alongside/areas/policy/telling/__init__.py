"""Telling: staff who read and confirm, a starter before pupil data open, register families, partners."""
