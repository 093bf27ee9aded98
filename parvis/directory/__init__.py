"""Listed businesses, their categories, their public pages."""
