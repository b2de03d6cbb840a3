"""Forms printed and numbered, and the papers that come back."""
