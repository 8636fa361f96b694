"""A dossier's articles to the formats that others read; one file a format."""
