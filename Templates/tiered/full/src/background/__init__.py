"""What happens outside of requests: Celery's worker and its tasks, and the consumer of events."""
