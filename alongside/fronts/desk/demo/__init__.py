"""Signing in by choosing a card, in a copy to play in and nowhere else."""
