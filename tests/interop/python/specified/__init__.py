"""Cases whose expectation follows from a specification."""
