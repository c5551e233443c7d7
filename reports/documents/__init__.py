"""Files in the Party's own layout, made from values that were worked out before; always in Vietnamese."""
