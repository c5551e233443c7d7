"""Long jobs: rows with their progress, asked for on a page and done by `manage.py work` beside the web server."""
