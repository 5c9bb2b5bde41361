"""Editing records in a browser: a page on this machine alone, with the official form as the form to fill in."""
