"""From documents of the office to draft records: bytes to `Grid` to fields, with every step stated."""
