"""Reads the configuration strictly, checks it, and says where each fault is."""
