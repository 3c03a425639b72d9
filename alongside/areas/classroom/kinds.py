"""What the classroom leaves in a pupil's history."""

from alongside.base.history.kinds import Kind

BRIEF_MADE = Kind("brief.made", "changed the brief: {what}", band=1)
BRIEF_READ = Kind("brief.read", "read version {number} of the brief", band=1)
STRATEGY = Kind("strategy.used", "used '{strategy}': {helped}", band=1)
NOTED = Kind("note.written", "wrote a note about {kind}", band=2)
NOTE_ANSWERED = Kind("note.answered", "answered a note: {action}", band=2)
RESTRICTED = Kind("note.restricted", "passed a note to the safeguarding lead", band=4)
RESTRICTED_OPENED = Kind("note.restricted_opened", "opened a note to the safeguarding lead", band=4)
RESTRICTED_ANSWERED = Kind("note.restricted_answered", "answered a note to the safeguarding lead", band=4)
