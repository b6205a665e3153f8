"""Run by Alembic; see `env.py`."""
