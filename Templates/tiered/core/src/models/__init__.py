"""The tables, all imported here, so that whoever imports one knows their relations."""

<<@if TIER == full>>
from src.models.analytics_event import AnalyticsEvent as AnalyticsEvent
<<@end>>
from src.models.user import User as User

# isort: off
<<@for MODEL in MODELS>>
from src.models.<<MODEL>> import (
    <<MODEL|pascal>> as <<MODEL|pascal>>,
)
<<@end>>
# isort: on
