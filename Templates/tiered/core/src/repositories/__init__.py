"""How rows are found and kept, without rules."""
