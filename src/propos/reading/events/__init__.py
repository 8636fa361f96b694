"""Events: the words that name them, who acts in them, whether they happened, and on what they hang."""
