"""Everything that wakes the bot and every word it says. The only folder that knows Slack."""
