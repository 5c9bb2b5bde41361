"""Help for authors: empty records, schemas for editors, a new site, reference pages."""
