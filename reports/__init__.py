"""What bodies say happened, its review, and what leadership reads."""
