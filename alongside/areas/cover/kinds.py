"""What handing over leaves in history. No pupil is in these sentences, except in a note to a row."""

from alongside.base.history.kinds import Kind

HANDED = Kind("cover.handed", "handed today’s list to {who} from {first} to {last}: {why}")
TAKEN_BACK = Kind("cover.taken_back", "took today’s list back from {who}")
NOTED = Kind("cover.noted", "left a note for {who} about {what}", band=3)
