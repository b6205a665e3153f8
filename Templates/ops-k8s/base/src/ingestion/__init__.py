"""From queues into the database."""
