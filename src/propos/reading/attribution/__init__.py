"""Statements: who says or thinks what, by which words, to whom, through which channel, relayed by whom.

One file a form; ``assemble`` is the only place where their order is written.
"""
