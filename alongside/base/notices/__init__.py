"""What somebody should hear, in the page."""
