"""Measurements: how far our pages are from the least that the same answer can cost, in the same interleaved run."""
