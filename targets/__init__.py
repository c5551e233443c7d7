"""What number by 2030: targets, indicators, definitions, observations and verdicts."""
