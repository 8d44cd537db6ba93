"""What is read from elsewhere: downloads that are guarded, and feeds and calendars understood apart from the bot."""
