"""Programs for those who deploy and watch the service."""
