"""From files to the catalog: discover, read, decode, assemble."""
