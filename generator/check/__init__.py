"""Coded rules over records: what is due, what was decided, and what was found."""
