"""What happens in the service, as events that are stored and can be counted."""
