"""The text of a scheme file, changed in place without losing a comment."""
