"""Keeps positions at exchanges, and changes them on request."""
