<<@if EXAMPLE>>
"""Keeps positions at exchanges, and changes them on request."""
<<@else>>
"""An asyncio web service."""
<<@end>>
