"""From the catalog to pages: what each page holds."""
