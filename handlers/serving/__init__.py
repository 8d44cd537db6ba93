"""How requests come in, and how the program runs: threads, sockets and HTTP, its health and its figures."""
