"""What is kept in PostgreSQL, and its migrations."""
