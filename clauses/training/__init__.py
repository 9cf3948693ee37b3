"""Making the trained model from labeled corpora. Only the commands come here: a site reads what ships."""
