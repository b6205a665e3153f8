"""Makes packages of the program, and uses them."""
