"""Words of feeling: a lexicon, and a linear loop that adds up what a message says with it."""
