"""PRO: text, and text against table."""
