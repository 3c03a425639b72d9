"""Who may see and do what: roles in code, posts in the database, and the two walls."""
