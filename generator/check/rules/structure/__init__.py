"""REC: what a form must have and how it is made up."""
