"""From content to site: the pipeline and the writer."""
