"""How points and scores follow from targets and results."""
