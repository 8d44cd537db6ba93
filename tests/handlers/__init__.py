"""How what Slack brings is read, and what leaves through it: without a conversation around it."""
