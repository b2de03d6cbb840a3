"""方案试算: a draft over what was paid; it saves nothing."""
