"""社会保险缴纳证明: the people it names, and those people against a roster."""
