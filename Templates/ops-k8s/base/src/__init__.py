"""The service, its features, its model, and what feeds them."""
