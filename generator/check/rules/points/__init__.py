"""SCO: points, scores, totals and grades."""
