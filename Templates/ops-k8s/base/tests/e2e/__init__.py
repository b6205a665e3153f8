"""The whole way, from the sample to a prediction over HTTP."""
