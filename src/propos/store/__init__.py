"""The dossier: articles and their records in a database, each taken in once, whole or not at all."""
