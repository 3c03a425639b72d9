"""What provision leaves in a pupil's history. Single sessions are rows of their own and make no event."""

from alongside.base.history.kinds import Kind

PROMISED = Kind("provision.promised", "promised {what}, {often}")
CHANGED = Kind("provision.changed", "changed {what}: {often}")
STOPPED = Kind("provision.stopped", "stopped {what}: {reason}")
