"""Composition root of the portal: settings, routes and the kit that knows nothing of the domain."""
