"""Installs the packages, uses what they install, and removes it."""
