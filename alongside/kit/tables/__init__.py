"""Tables that people bring: CSV and Excel as rows of text, with bounds, and sentences for what cannot be read."""
