"""Loading tables from files in the administration, and saving them: screens, cells, templates, what was rejected."""
