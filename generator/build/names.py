"""Names of our own hidden files in a site."""

MANIFEST = ".jixiao-manifest.json"
"""The list of files that are ours."""

STAGING = ".jixiao-staging"
"""Folder where files wait until all of them are made."""

LOCK = ".jixiao-lock"
"""Held by the build at work."""
