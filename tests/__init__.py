"""What the portal must do, one behaviour a file; `make test` runs it on SQLite and on PostgreSQL."""
