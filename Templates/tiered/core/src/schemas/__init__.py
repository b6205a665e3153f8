"""What goes in and out, as JSON."""

from src.schemas.base import PageOf as PageOf
