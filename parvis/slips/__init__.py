"""Short codes printed on paper, each opening the right form once; knows neither people nor organisations."""
