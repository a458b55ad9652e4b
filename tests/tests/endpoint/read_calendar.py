"""Reads a calendar as two programs that are not ours do, and prints what each of them understood, as JSON.

The zones are renamed before: neither program then knows them by name, and both have to believe the VTIMEZONE.
"""

import json
import sys
from datetime import timezone

import icalendar
import vobject


def text_of(value):
    return None if value is None else str(value)


def instant(value):
    assert value.tzinfo is not None, f"{value} is of no zone"
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def by_icalendar(text):
    calendar = icalendar.Calendar.from_ical(text)
    errors = [str(error) for part in calendar.walk() for error in part.errors]
    assert not errors, errors
    return [
        {
            "uid": text_of(event.get("UID")),
            "start": instant(event.decoded("DTSTART")),
            "end": instant(event.decoded("DTEND")),
            "summary": text_of(event.get("SUMMARY")),
            "description": text_of(event.get("DESCRIPTION")),
            "location": text_of(event.get("LOCATION")),
            "url": text_of(event.get("URL")),
            "status": text_of(event.get("STATUS")),
            "sequence": int(event.get("SEQUENCE")),
        }
        for event in calendar.walk("VEVENT")
    ]


def by_vobject(text):
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)

    def content(event, name):
        lines = event.contents.get(name)
        return text_of(lines[0].value) if lines else None

    return [
        {
            "uid": content(event, "uid"),
            "start": instant(event.dtstart.value),
            "end": instant(event.dtend.value),
            "summary": content(event, "summary"),
            "description": content(event, "description"),
            "location": content(event, "location"),
            "url": content(event, "url"),
            "status": content(event, "status"),
            "sequence": int(event.sequence.value),
        }
        for event in getattr(calendar, "vevent_list", [])
    ]


text = sys.stdin.buffer.read().decode("utf-8")
text = text.replace("TZID=", "TZID=Of-").replace("TZID:", "TZID:Of-")
json.dump({"icalendar": by_icalendar(text), "vobject": by_vobject(text)}, sys.stdout)
