"""Language packs: data in a folder a language, and the code that reads it."""
