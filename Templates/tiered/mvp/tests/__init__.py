"""Tests of the service as its clients meet it."""
