"""What was promised and who answers: the plan, its tasks, bodies, assignments, deadlines and progress."""
