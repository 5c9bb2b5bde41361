"""Names of our own files in a site and beside it."""

CACHE = ".jixiao-cache"
"""Folder of a project for what is kept from one build or check to the next."""

MANIFEST = ".jixiao-manifest.json"
"""The list of files that are ours."""

STAGING = ".jixiao-staging"
"""Folder where files wait until all of them are made."""

SUMS = "SHA256SUMS"
"""What `jixiao release` lists: every file of the site with its SHA-256, as sha256sum does."""

RELEASE = "release.json"
"""What a release is of; part of that list."""

SIGNATURES = ("SHA256SUMS.sig", "SHA256SUMS.asc")
"""Who vouches for that list: by SSH, by OpenPGP."""

OF_RELEASE = (SUMS, RELEASE, *SIGNATURES)
"""Files that a release adds to a site; the first change of the site takes them away again."""

RELEASES = "releases"
"""Folder of a project for what is known of its releases."""

PUBLISHED = "published.txt"
"""The list of publications in it."""

LOCK = ".jixiao-lock"
"""Held by the build at work."""
