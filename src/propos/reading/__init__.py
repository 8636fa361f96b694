"""Document -> Record: one room a stage, each a pure ``find``; ``pipeline`` writes their order."""
