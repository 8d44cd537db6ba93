"""A pretend Slack, for eyes and for tests.

Not for production, and no part of the bot: it imports nothing of the bot's, and the bot nothing of it.
Start reading at slack.py (what it holds), web_api.py (what a bot calls) and actions.py (what people do).
"""
