"""What is said: out of the outbox, once, at the pace that Slack allows."""
