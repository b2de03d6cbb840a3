"""What is exchanged with the system above: folders out, answers in, people sent back."""
