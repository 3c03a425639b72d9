"""What duties leave in the history of a school."""

from alongside.base.history.kinds import Kind

ATTESTED = Kind("duties.attested", "attested {duty} until {until}: {item}")
OBSERVED = Kind("duties.observed", "said what was seen of {duty}: {words}")
EXEMPTED = Kind("duties.exempted", "approved that {duty} does not apply until {until}: {reason}")
EXPLAINED = Kind("duties.explained", "explained how {duty} stands: {words}")
DELEGATED = Kind("duties.delegated", "delegated {what} to {role}")
ENDED = Kind("duties.ended", "ended the delegation of {what} to {role} on {day}")
WITHDRAWN = Kind("duties.withdrawn", "took back the version of {duty} that was to hold from {day}")
SIGNED = Kind("duties.signed_off", "signed off the {term}, with {late} duties late and {at_risk} at risk: {comment}")
ACCEPTED = Kind("duties.accepted", "accepted the duties of the {role}")
ASKED = Kind("duties.asked", "asked about {family}: {words}")
ANSWERED = Kind("duties.answered", "answered a question about {family}: {words}")
CHANGED = Kind("duties.changed", "gave {duty} a version of the trust's own from {day}")
