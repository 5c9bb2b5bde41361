"""From the tables of a document to records: fields are found by titles and labels, never by fixed places."""

from generator.importers.understand.forms import understand

__all__ = ["understand"]
