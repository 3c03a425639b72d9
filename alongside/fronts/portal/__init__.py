"""The family's own pages: plain words, big buttons, and a place to answer."""
