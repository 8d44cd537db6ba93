"""What the bot remembers: tables, transactions and named questions. Knows SQL and nothing else; takes a URL."""
