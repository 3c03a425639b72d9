"""Who, where, and the record: what every area of the work stands on."""
