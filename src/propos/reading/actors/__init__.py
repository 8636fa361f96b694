"""Who is who in one article: mentions, and the actors that they stand for."""
