"""Questions over a dossier: typed, read-only, each by its name."""
