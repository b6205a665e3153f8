"""Tests, by what they need; `fixtures` has what they share."""
