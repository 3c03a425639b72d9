"""Other ways in and out of the house: files, and families' own pages."""
