"""What change notices leave in the history of the trust and of its schools. No pupil is in these sentences."""

from alongside.base.history.kinds import Kind

WRITTEN = Kind("change.written", "wrote the draft of a change notice: {title}")
DROPPED = Kind("change.dropped", "threw a draft of a change notice away: {title}")
PUBLISHED = Kind("change.published", "published the change notice {title} to {schools} schools, to be done by {due}")
ADDED = Kind("change.added", "added to the change notice {title}")
WITHDRAWN = Kind("change.withdrawn", "withdrew the change notice {title}")
ACKNOWLEDGED = Kind("change.acknowledged", "acknowledged the change {title}")
DONE = Kind("change.done", "noted the change {title} as done: {words}")
ASKED = Kind("change.asked", "asked about the change {title}: {words}")
ANSWERED = Kind("change.answered", "answered a question about the change {title}: {words}")
