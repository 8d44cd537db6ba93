"""Pure functions from what happened to a Message or a Form. VOICE and the golden files keep their words."""
