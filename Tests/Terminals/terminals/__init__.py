"""What `verify` claims about the program on a terminal."""
