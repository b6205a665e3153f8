"""What the service tells about itself: logs, metrics and errors."""
