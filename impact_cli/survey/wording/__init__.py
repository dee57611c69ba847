"""The French of the conversation: every word that the faces of the survey show."""
