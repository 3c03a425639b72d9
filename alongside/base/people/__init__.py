"""People, and the accounts with which some of them sign in."""
