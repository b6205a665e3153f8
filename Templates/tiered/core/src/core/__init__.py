"""What every layer stands on: settings, database, security, errors."""
