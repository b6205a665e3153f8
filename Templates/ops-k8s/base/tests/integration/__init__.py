"""With real servers, or what speaks their protocol."""
