"""What each printed form says: its frozen value, and the texts and lists of its sheet."""
