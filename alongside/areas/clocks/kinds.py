"""What warnings, reasons and waiting leave in history."""

from alongside.base.history.kinds import Kind

PUT_OFF = Kind("clock.put_off", "put off {what} until {until}: {why}", band=3)
BACK = Kind("clock.back", "put {what} back on the list of today", band=3)
REASON = Kind("clock.reason", "said why {what} was not done by {due}: {why}", band=3)
STRICTER = Kind("clock.stricter", "set when {hearer} is warned at {where}, {ladder}: {days}")
