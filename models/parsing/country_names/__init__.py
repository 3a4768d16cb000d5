"""Names of countries in many languages and spellings, and the ISO 3166 codes they stand for."""

from friendshore.models.parsing.country_names.lookup import Match, english, look_up, name_key

__all__ = ["Match", "english", "look_up", "name_key"]
