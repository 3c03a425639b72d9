"""What calendars and mails leave in history. No pupil is in these sentences."""

from alongside.base.history.kinds import Kind

FEED_MADE = Kind("calendar.made", "made an address for their own calendar")
FEED_REVOKED = Kind("calendar.revoked", "ended the address of their calendar")
MAIL_SET = Kind("morning.set", "turned the morning mail {state}")
