"""The whole portal in one file and back: rows and stored files, checked by hash, from one database to another."""
