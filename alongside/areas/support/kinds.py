"""What a cycle leaves in a pupil's history."""

from alongside.base.history.kinds import Kind, Side

OPENED = Kind("cycle.opened", "opened cycle {number}")
ASSESSED = Kind("cycle.assessed", "finished assessing for cycle {number}")
PLANNED = Kind("cycle.planned", "changed the plan of cycle {number}")
SENT = Kind("cycle.sent", "sent the plan of cycle {number} to the SENCO")
STARTED = Kind("cycle.started", "agreed the plan of cycle {number} with {agreed_by}; review {review_on}")
ANSWERED = Kind("family.answered", "{answer} about: {outcome}", side=Side.FAMILY)
REPLIED = Kind("family.replied", "answered {to} about: {outcome}")
REVIEWED = Kind("cycle.reviewed", "reviewed cycle {number}: {results}; {choice}")
CLOSED = Kind("cycle.closed", "closed cycle {number}: {reason}")
