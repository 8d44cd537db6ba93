"""What Good Turn knows and decides. Never imports Slack, SQL or the environment."""
