"""The tables, all imported here, so that whoever imports one knows their relations."""

<<@sort>>
<<@if TIER == full>>
from src.models.analytics_event import AnalyticsEvent as AnalyticsEvent
<<@end>>
from src.models.user import User as User
<<@for MODEL in MODELS>>
<<@fit 100>>
from src.models.<<MODEL>> import <<MODEL|pascal>> as <<MODEL|pascal>>
<<@else>>
from src.models.<<MODEL>> import (
    <<MODEL|pascal>> as <<MODEL|pascal>>,
)
<<@end>>
<<@end>>
<<@end>>
