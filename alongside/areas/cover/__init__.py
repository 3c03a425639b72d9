"""Policy section 3. Handing today's list to a colleague while the SENCO is away.

A handover gives the post of cover SENCO from its first day to its last, and nothing else: what the cover may read follows
from that post (Code of Practice 6.87 on: the SENCO has day-to-day responsibility; somebody always holds it)."""
