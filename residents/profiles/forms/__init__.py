"""Forms around the equality questions; the questions themselves are drawn by `questionnaires`."""
