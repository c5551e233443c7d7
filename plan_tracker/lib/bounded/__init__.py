"""Files from strangers, opened only in a child process with bounded memory, time and answer."""
