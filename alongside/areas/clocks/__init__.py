"""Policy section 3. Who hears that a date is near or has passed, what may wait, and how the clocks run.

A warning rises from the owner to the headteacher to the director for inclusion. A *step* is a day before or after a due
date on which somebody is told; a clock of the law that was *missed* asks for a reason; a row that is *put off* comes back
by itself. None of them moves a date."""
