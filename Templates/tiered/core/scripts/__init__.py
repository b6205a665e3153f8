"""Commands for operators: `python -m scripts.init_db`."""
