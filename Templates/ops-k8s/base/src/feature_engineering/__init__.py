"""From the events of customers to the features of the model."""
