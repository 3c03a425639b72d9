"""What training leaves in a school's history. No pupil is in these sentences, and no level."""

from alongside.base.history.kinds import Kind

RATED_SELF = Kind("training.rated_self", "rated themselves in {areas}")
RATED = Kind("training.rated", "rated {who} in {areas}")
COLLEAGUE = Kind("training.colleague", "noted {who} among the staff: {group}")
LEFT = Kind("training.colleague_left", "noted that {who} works at the school no more; last day {day}")
COACHED = Kind("training.coached", "logged {how} with {team}")
COURSE = Kind("training.course", "wrote down the course {title}")
APPROVED = Kind("training.approved", "approved the course {title}")
SESSION = Kind("training.session", "set a day for {title}: {day}")
BOOKED = Kind("training.booked", "booked {count} on {title}, {day}")
CAME = Kind("training.came", "noted that {count} came to {title}, {day}")
CHANGED = Kind("training.changed", "said what changed since {title}")
SIGNED = Kind("training.signed", "signed off {title} for {who}")
APPRAISED = Kind("training.appraised", "ticked {count} appraisals that covered pupils at risk")
ANSWERED = Kind("training.answered", "answered what schools need in {area}: {answer}")
LINE = Kind("training.line", "noted {executive} as line executive of {who}")
