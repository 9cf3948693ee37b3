"""Forms: what people may send, checked."""
