"""What assessment leaves in history."""

from alongside.base.history.kinds import Kind

POINT = Kind("assessment.point", "set {point}: {opens} to {due}")
POINT_DROPPED = Kind("assessment.point_dropped", "took out {point}")
SITTING = Kind("assessment.sitting", "added {subject} on {scale} to {point}")
SITTING_DROPPED = Kind("assessment.sitting_dropped", "took {subject} on {scale} out of {point}")
SCALE = Kind("assessment.scale", "added the scale {scale}")
MANUAL = Kind("assessment.manual", "put in the reliability of {scale}: {reliability}, from {where}")
ENTERED = Kind("assessment.entered", "entered {count} results of {point} for {group}")
BROUGHT = Kind("assessment.file", "brought {count} results in from {name}")
TAKEN_OVER = Kind("assessment.taken_over", "took over {count} results that came with transfer files")
CHASED = Kind("assessment.chased", "asked for the results of {point} for {group}")
NOTED = Kind("assessment.development", "noted development: {area}")
