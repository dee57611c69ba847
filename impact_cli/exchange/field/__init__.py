"""The questionnaire on other people's phones and pages: its form for them, and what they send back."""
