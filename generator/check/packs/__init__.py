"""Rule packs: the packaged ones as YAML, and how packs are found, read and chosen."""
