"""社会保险缴纳证明 against the list of a case."""
