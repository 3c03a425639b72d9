"""Policy section 3. What leaves the product for a person's own morning: one mail in counts, and a calendar of dates.

Neither carries anything about a child: no name, no class, no need, no number of a pupil. Both lead to Today, where one
signs in. The mail can be turned off; the calendar's address is a secret that is kept as a digest, ends and can be ended."""
