"""What the words, units and dates of an indicator row say."""
