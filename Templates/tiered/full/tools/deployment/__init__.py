"""Before and after a deployment."""
