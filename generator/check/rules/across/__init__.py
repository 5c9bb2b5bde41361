"""XRF: one record against others."""
