"""The drive on one board: what waits, what presses, whom to call."""
