"""Working days, deadlines and reporting periods of Vietnamese administration. Pure: no database, no present moment."""

from khoithong.clock.periods import Period, PeriodKind, period, period_of
from khoithong.clock.workdays import Calendar

__all__ = ["Calendar", "Period", "PeriodKind", "period", "period_of"]
