"""Taking over what Open Terms Archive recorded: its watch list, and its captures at their own dates."""
