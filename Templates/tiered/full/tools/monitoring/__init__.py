"""While the service runs."""
