"""What the routes take, do and answer, a module each; `app.py` registers them."""

from <<PACKAGE>>.routes import (
<<@sort>>
<<@for ROUTE in ROUTES>>
    <<ROUTE|snake>>,
<<@end>>
<<@end>>
)

__all__ = [
<<@sort>>
<<@for ROUTE in ROUTES>>
    "<<ROUTE|snake>>",
<<@end>>
<<@end>>
]
