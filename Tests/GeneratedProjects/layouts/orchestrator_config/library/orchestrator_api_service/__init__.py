"""Stands in for the library that the projects are a configuration of."""
