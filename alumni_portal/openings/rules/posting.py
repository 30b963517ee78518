"""An opening as machines read it: schema.org JobPosting (schema.org/JobPosting)."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from alumni_portal.openings.rules.publishing import Hours

_HOURS = {
    Hours.FULL: ("FULL_TIME",),
    Hours.PART: ("PART_TIME",),
    Hours.EITHER: ("FULL_TIME", "PART_TIME"),
}


@dataclass(frozen=True, kw_only=True)
class Posting:
    """What of an opening stands in its data block. No person is among it."""

    ref: str
    url: str
    title: str
    #: HTML, already cleaned.
    description: str
    place: str
    employer: str
    employer_url: str
    posted_on: date | None
    closes_on: date | None
    pay_from: int | None
    pay_to: int | None
    hours: Hours
    is_temporary: bool
    seats: int


def employment_types(hours: Hours, *, is_temporary: bool) -> list[str]:
    """Return an opening's hours and kind in the words of schema.org."""
    return [*_HOURS[hours], *(["TEMPORARY"] if is_temporary else [])]


def job_posting(posting: Posting, zone: tzinfo) -> dict[str, Any]:
    """Return the data block of an opening; what is not known is left out."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {
            "@type": "PropertyValue",
            "name": posting.employer,
            "value": posting.ref,
        },
        "url": posting.url,
        "title": posting.title,
        "description": posting.description,
        "employmentType": employment_types(posting.hours, is_temporary=posting.is_temporary),
        "totalJobOpenings": posting.seats,
        "hiringOrganization": {
            "@type": "Organization",
            "name": posting.employer,
            "sameAs": posting.employer_url,
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": posting.place,
                "addressCountry": "SE",
            },
        },
        "baseSalary": _pay(posting),
    }
    if posting.posted_on:
        found["datePosted"] = posting.posted_on.isoformat()
    if posting.closes_on:
        ends = datetime.combine(posting.closes_on, time(23, 59, 59), zone)
        found["validThrough"] = ends.isoformat()
    return found


def _pay(posting: Posting) -> dict[str, Any]:
    return {
        "@type": "MonetaryAmount",
        "currency": "SEK",
        "value": {
            "@type": "QuantitativeValue",
            "minValue": posting.pay_from,
            "maxValue": posting.pay_to,
            "unitText": "MONTH",
        },
    }
