"""Policy sections 6, 10 and 15. What is offered (the catalogue), what is promised to a pupil, and what was given."""
