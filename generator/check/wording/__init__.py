"""Every string of a record, and what may be found in it."""
