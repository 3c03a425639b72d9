"""What keeping schools, people and calendars leaves in history. No pupil is in these sentences."""

from alongside.base.history.kinds import Kind

SCHOOL_ADDED = Kind("school.added", "added {called}")
LINK_MADE = Kind("account.link", "made a new link with which {who} chooses a password")
CALENDAR = Kind("calendar.changed", "changed the calendar of {where}: {what}")
