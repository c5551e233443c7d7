"""Domain-free kit: one topic a file; imports nothing of ours."""
