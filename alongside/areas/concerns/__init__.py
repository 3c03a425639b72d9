"""Policy section 4. A worry from a teacher or parent, its triage, and the answer that always goes back.

SEND Code of Practice 6.14-6.24. The SENCO owns the queue; whoever raised a concern hears what happened."""
