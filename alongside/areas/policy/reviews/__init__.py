"""The yearly review of a version: opened, looked through, decided, heard, completed."""
