"""One file a layer of the record: how its items are matched, and which figures they give."""
