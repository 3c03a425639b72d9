"""The one place that asks what day it is."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, in London."""
    return datetime.now(LONDON)


def today() -> date:
    """Today's date in London. ALONGSIDE_TODAY (yyyy-mm-dd) pretends another day, for trials and training."""
    pretended = os.environ.get("ALONGSIDE_TODAY")
    return date.fromisoformat(pretended) if pretended else now().date()
