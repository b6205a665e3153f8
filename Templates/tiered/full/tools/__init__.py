"""What operators run: deployment and monitoring."""
