"""What duties leave in the history of a school."""

from alongside.base.history.kinds import Kind

ATTESTED = Kind("duties.attested", "attested {duty} until {until}: {item}")
OBSERVED = Kind("duties.observed", "said what was seen of {duty}: {words}")
EXEMPTED = Kind("duties.exempted", "approved that {duty} does not apply until {until}: {reason}")
EXPLAINED = Kind("duties.explained", "explained how {duty} stands: {words}")
DELEGATED = Kind("duties.delegated", "delegated {what} to {role}")
CHANGED = Kind("duties.changed", "gave {duty} a version of the trust's own from {day}")
