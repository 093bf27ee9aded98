"""The invented territory that a newcomer sees; owns no rule and no table."""
