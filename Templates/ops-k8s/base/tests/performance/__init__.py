"""How long requests take, and how many queries they make."""
