"""What the register leaves in a pupil's history."""

from alongside.base.history.kinds import Kind, Side

DECIDED = Kind("register.decided", "decided on {provision}: {need}")
TOLD = Kind("register.told", "told the parent about {provision}: {how}")
WITHDRAWN = Kind("register.withdrawn", "took back the decision on {provision}")
JOINED = Kind("register.joined", "placed on {provision} from {since}: {need}")
LEFT = Kind("register.left", "took off {provision}: {reason}")
NEEDS_CHANGED = Kind("register.needs", "changed needs to {needs}")
PLAN_RECORDED = Kind("register.plan", "recorded an EHC plan made by {la} on {made_on}")
PLAN_ENDED = Kind("register.plan_ended", "recorded that {la} ended the EHC plan on {ceased_on}")
DISABILITY = Kind("register.disability", "answered about disability: {answer}", band=3)
CHECKED = Kind("register.checked", "checked the record: still right")
FROM_FILE = Kind("register.file", "SEN history came from a file: {codes}", side=Side.OUTSIDE)
TAKEN_AWAY = Kind("register.taken_away", "took the register away {how}: {which}; {pupils} pupils", band=3)
