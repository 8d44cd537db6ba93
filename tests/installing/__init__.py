"""Workspaces install the app by themselves, in one program, and each is spoken to with its own token."""
