"""The application that servers run: `uvicorn src.main:app`."""

from src.app import create_app
from src.core.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    raise SystemExit(f"error: {error}") from None
