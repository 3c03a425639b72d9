"""Pupils, where they are enrolled, their contacts, classes and the adults who work with them."""
