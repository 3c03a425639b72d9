"""What files leave in history."""

from alongside.base.history.kinds import Kind, Side

CAME = Kind("exchange.came", "brought {pupil} in from the file {file}", band=1, side=Side.OUTSIDE)
CHANGED = Kind("exchange.changed", "took over {fields} from the file {file}", side=Side.OUTSIDE)
MOVED = Kind("exchange.moved", "took {pupil} over from {school}, by the file {file}", band=1, side=Side.OUTSIDE)
UNDONE = Kind("exchange.undone", "undid what the file {file} had changed", side=Side.STAFF)
LEFT_WITH_FILE = Kind("exchange.exported", "wrote a Common Transfer File for {to}", side=Side.OUTSIDE)

RECEIVED = Kind("exchange.received", "uploaded the file {file}")
MATCHED = Kind("exchange.matched", "said which column of {file} is which")
READ_ASKED = Kind("exchange.read_asked", "had the file {file} read")
STAGED = Kind(
    "exchange.staged", "read the file {file}: {new} new, {changed} changed, {conflict} to decide, {refused} refused"
)
REFUSED = Kind("exchange.refused", "could not read the file {file}: {why}")
FAILED = Kind("exchange.failed", "broke off the file {file}; nothing of it was kept")
DECIDED = Kind("exchange.decided", "decided about {count} rows of the file {file}: {choice}")
ASKED = Kind("exchange.asked", "asked to bring in the file {file}")
APPLIED = Kind("exchange.applied", "brought in the file {file}: {count} pupils")
UNDO_ASKED = Kind("exchange.undo_asked", "asked to undo the file {file}")
TAKEN_BACK = Kind("exchange.taken_back", "undid the file {file}: {count} pupils, {kept} kept")
