"""Records as documents: what a form looks like cell by cell, with the field that each cell shows."""
