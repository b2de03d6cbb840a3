"""Units: registered, checked, opened; who is there already under nearly the same name."""
