"""The command line: one thin file a command. Data goes to standard output, messages to standard error."""
