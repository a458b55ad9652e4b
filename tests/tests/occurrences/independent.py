"""When series meet, by somebody else's rules: rrule from dateutil, zoneinfo from Python. Reads series and prints instants."""

import datetime as dt
import json
import sys
import zoneinfo

from dateutil.rrule import MO, TU, WE, TH, FR, SA, SU, WEEKLY, rrule

DAYS = {"mon": MO, "tue": TU, "wed": WE, "thu": TH, "fri": FR, "sat": SA, "sun": SU}


def instants(series, first, last):
    zone = zoneinfo.ZoneInfo(series["time_zone"])
    hour, minute = map(int, series["time"].split(":"))
    # Rhythms are counted from the week of the first Monday of 1970.
    origin = dt.datetime(1970, 1, 5, hour, minute)
    rhythm = dt.timedelta(weeks=series["every_weeks"])
    begin = origin + rhythm * ((first - origin) // rhythm - 1)
    dates = rrule(WEEKLY, interval=series["every_weeks"], byweekday=DAYS[series["weekday"]], dtstart=begin)
    for local in dates.between(first, last - dt.timedelta(minutes=1), inc=True):
        # A time that is there twice is its first one; one that is skipped is read with the offset from before (PEP 495).
        yield local.replace(tzinfo=zone).astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


asked = json.load(sys.stdin)
known = zoneinfo.available_timezones()
first, last = (dt.datetime.fromisoformat(asked[name]) for name in ("first", "last"))
answers = [list(instants(one, first, last)) if one["time_zone"] in known else None for one in asked["series"]]
json.dump({"tzdata": asked["tzdata"], "answers": answers}, sys.stdout)
