"""Rules about money share this: which rows are sources of which total, and their sums."""
