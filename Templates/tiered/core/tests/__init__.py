"""Tests: of units without HTTP, and of the service as its clients meet it."""
