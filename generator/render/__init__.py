"""From pages to HTML."""
