"""The office's schemes: versions, confirmed figures and clauses, editing, rehearsal."""
