"""One module each; nothing is started."""
