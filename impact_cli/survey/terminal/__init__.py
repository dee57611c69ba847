"""The face of the conversation on a terminal: the only room that knows questionary."""
