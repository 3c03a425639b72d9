"""Giving a post and ending one: the one way in which anybody comes to hold a role, told in the history."""
