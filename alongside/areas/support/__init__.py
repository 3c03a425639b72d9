"""Policy section 6. The graduated approach: assess, plan, do, review.

SEND Code of Practice 6.44-6.56. The class teacher owns the work; the SENCO supports; family and pupil agree.
Words used: a *cycle* is one round of the four steps; an *outcome* is what will be different, with where the
pupil is now (baseline), how we will tell (measure), the aim (target) and the day (due)."""
