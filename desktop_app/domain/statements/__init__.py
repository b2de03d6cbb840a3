"""Bank statements of the office's own account: rows to lines, and which lines are known already."""
