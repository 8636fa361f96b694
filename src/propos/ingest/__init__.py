"""Every input format to :class:`propos.model.Document`; one file a format."""
