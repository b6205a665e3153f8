"""The application that servers run: `uvicorn src.main:app`."""

from src.app import create_app
<<@if TIER == full>>
from src.core.config import SettingsError, get_settings
from src.monitoring.setup import start_monitoring
<<@else>>
from src.core.config import SettingsError
<<@end>>

try:
<<@if TIER == full>>
    # Before the application is made, so that Sentry can watch it
    start_monitoring(get_settings())
<<@end>>
    app = create_app()
except SettingsError as error:
    raise SystemExit(f"error: {error}") from None
