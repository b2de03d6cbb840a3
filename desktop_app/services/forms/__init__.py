"""Further forms: printed where they are wanted, beside the way that a case or claim goes."""
