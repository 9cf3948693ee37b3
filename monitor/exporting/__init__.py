"""What was recorded, written as other archives write it."""
