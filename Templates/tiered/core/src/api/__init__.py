"""The HTTP side: it translates, the services decide."""
