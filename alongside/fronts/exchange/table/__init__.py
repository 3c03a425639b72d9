"""Any CSV or Excel file with a row of headings and a row for each pupil, or for each need of a pupil."""
