"""Disks as they are, and what a run of scaffold has to do on each."""
