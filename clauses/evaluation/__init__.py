"""How right the reading of types is, on texts it was not trained on. Only the command comes here."""
