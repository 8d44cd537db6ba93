"""What operators do on the command line, and what they are told there."""
