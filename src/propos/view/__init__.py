"""Records for people: marked text and readable lists, on a terminal and in a notebook."""
