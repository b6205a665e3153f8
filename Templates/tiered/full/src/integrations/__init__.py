"""What lies outside of this service: other services, and the queue between processes."""
