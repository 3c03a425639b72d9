"""Who is making less progress than expected, and are we finding them fairly?

Pure functions over columns: no framework, no database, no clock. The four signs are those of the SEND Code of
Practice, paragraph 6.17. What comes out is a question for a teacher. It is never a label and never moves a pupil on
to the register.

| Module | What is in it |
|---|---|
| `panel` | reading a table of scores and saying what is wrong with it, row by row |
| `quantiles`, `growth` | growth percentiles: where a pupil stands among those who started level |
| `ladder` | the same for small groups, down to "not enough pupils to say" |
| `measure`, `trend` | error of a test, reliable change, the line through a run of scores |
| `signs`, `words` | the four signs with their errors, and the sentences for them |
| `simulate` | how often a rule would fire and how often it would be right |
| `fairness`, `suppression` | are groups found alike; what may be shown of small numbers |
| `charts`, `effects` | comparing schools, watching a rate, judging provision |
| `national` | nine million pupils: the same SQL on DuckDB or on Spark |
"""
