"""BUD: money and its execution."""
