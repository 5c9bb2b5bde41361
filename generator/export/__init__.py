"""The open data: the records as JSON with a schema, as CSV and as a Data Package."""
