"""jixiao: budget performance records in, a browsable disclosure site out."""

__version__ = "0.1.0"
