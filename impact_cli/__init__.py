"""impact: a questionnaire on what a tiers-lieu changes around it, and the report told from its answers."""

__version__ = "0.1.0"
