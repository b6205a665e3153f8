"""What every part needs: settings, configuration, logs."""
