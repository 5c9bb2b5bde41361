"""IND: single rows, their targets, actual values and scores."""
