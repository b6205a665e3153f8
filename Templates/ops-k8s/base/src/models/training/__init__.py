"""From features and labels to a model that is good enough."""
