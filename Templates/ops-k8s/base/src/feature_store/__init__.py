"""Where the API finds the features of a customer."""
