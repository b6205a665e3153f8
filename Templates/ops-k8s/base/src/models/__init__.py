"""The model: trained, registered, loaded, asked."""
