"""Policy section 3. Changes of law and guidance, national and local, as the central team helps schools with them (S03-19).

A *change notice* says what changes, where that is written, from when, what to do and by when. Published, it becomes a *task*
for each school that it concerns: acknowledged, then done, with a word on what was done. Questions and answers stand in one
*thread* that all these schools read. A published notice is never rewritten: it is withdrawn, or something is added to it.
"""
