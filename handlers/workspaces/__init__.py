"""The workspaces that are served: how they install the app, and by which token each is spoken to."""
