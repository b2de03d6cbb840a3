"""Benefits: a claim's facts, the rules of a plan, and the amount with every step."""
