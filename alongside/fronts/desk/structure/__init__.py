"""Schools, people, posts and calendars: what a system administrator keeps. No page here shows a pupil."""
