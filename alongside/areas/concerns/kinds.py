"""What a concern leaves in a pupil's history."""

from alongside.base.history.kinds import Kind, Side

RAISED = Kind("concern.raised", "raised a concern", band=3)
RAISED_BY_FAMILY = Kind("concern.family", "raised a worry", band=3, side=Side.FAMILY)
TRIAGED = Kind("concern.triaged", "triaged a concern: {decision}", band=3)
PART_DONE = Kind("concern.part", "noted {part} for the screening", band=3)
ANSWERED = Kind("concern.answered", "answered {to} about a concern", band=3)
