"""The sheet that a resident takes at a counter or finds in the letter box, and the card that asks for it."""
