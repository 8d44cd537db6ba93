"""Conversations, tables of cases, and the machinery they share."""
