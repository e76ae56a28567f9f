"""The documents as a static repository for harvesters.

The form is that of <https://www.openarchives.org/OAI/2.0/guidelines-static-repository.htm>: one XML
file with Dublin Core, which a gateway serves by OAI-PMH.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import msgspec

from generator.exporting.published_site import PublishedDocument, PublishedSite
from generator.exporting.xhtml import xml_text
from generator.model import coded_error

FILE_NAME = "oai.xml"
"""The name of the file, at the top of the site."""

_OAI = "http://www.openarchives.org/OAI/2.0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<Repository xmlns="{_OAI}/static-repository" xmlns:oai="{_OAI}/" xmlns:xsi="{_XSI}"
 xsi:schemaLocation="{_OAI}/static-repository {_OAI}/static-repository.xsd">
"""
_FORMATS = f"""\
<ListMetadataFormats>
<oai:metadataFormat>
<oai:metadataPrefix>oai_dc</oai:metadataPrefix>
<oai:schema>{_OAI}/oai_dc.xsd</oai:schema>
<oai:metadataNamespace>{_OAI}/oai_dc/</oai:metadataNamespace>
</oai:metadataFormat>
</ListMetadataFormats>
<ListRecords metadataPrefix="oai_dc">
"""
_DUBLIN_CORE = f"""\
<oai_dc:dc xmlns:oai_dc="{_OAI}/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xsi:schemaLocation="{_OAI}/oai_dc/ {_OAI}/oai_dc.xsd">
"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MAIL = re.compile(r"[^\s@]++@[^\s@.]++\.\S+")
"""The form of an address in the schema of OAI-PMH."""


class Repository(msgspec.Struct, frozen=True):
    """What a static repository says of itself."""

    site: PublishedSite
    email: str
    """Of the person in charge; harvesters require one."""
    gateway: str | None
    """The address of the gateway that serves the repository."""
    days: Mapping[str, str]
    """When the page of a document was added or last changed, by its address, as far as known."""
    today: str

    @property
    def base_url(self) -> str:
        """The address that harvesters ask: that of the gateway, with that of its file."""
        address = f"{self.site.url}{FILE_NAME}"
        if self.gateway is None:
            return address
        return f"{self.gateway.rstrip('/')}/{address.partition('://')[2]}"


def require_repository(repository: Repository) -> None:
    """Raise SeedbedError if something is missing that the standard requires."""
    if not repository.site.url:
        message = "harvesters need the address of the site, and site_url is not set"
        raise coded_error("E084", "mkdocs.yml", message, "Write the public address of the site")
    if not _MAIL.fullmatch(repository.email):
        message = f"`{repository.email}` is no mail address"
        raise coded_error("E084", "--email", message, "Name the address of the person in charge")
    if not repository.site.documents:
        raise coded_error("E082", repository.site.name, "there is no document", "Add seeds")


def repository_xml(repository: Repository) -> Iterator[bytes]:
    """Yield the file in parts, one for each document."""
    days = [_day(document, repository) for document in repository.site.documents]
    yield f"{_HEAD}{_identify(repository, min(days))}{_FORMATS}".encode()
    for document, day in zip(repository.site.documents, days, strict=True):
        yield _record(document, day, repository.site).encode()
    yield b"</ListRecords>\n</Repository>\n"


def recorded_days(addresses: str) -> dict[str, str]:
    """Return the last day of each document in the table of addresses, where it has one."""
    rows = csv.DictReader(io.StringIO(addresses, newline=""))
    days = {
        row["address"]: max(row.get("added") or "", row.get("changed") or "")
        for row in rows
        if row.get("address")
    }
    return {address: day for address, day in days.items() if _DAY.fullmatch(day)}


def _day(document: PublishedDocument, repository: Repository) -> str:
    return repository.days.get(_folder(document), repository.today)


def _folder(document: PublishedDocument) -> str:
    """Return the folder of a document's page, which is its address in the table of addresses."""
    return document.address.removesuffix("index.html")


def _identify(repository: Repository, earliest: str) -> str:
    values = {
        "repositoryName": repository.site.name,
        "baseURL": repository.base_url,
        "protocolVersion": "2.0",
        "adminEmail": repository.email,
        "earliestDatestamp": earliest,
        "deletedRecord": "no",
        "granularity": "YYYY-MM-DD",
    }
    lines = (f"<oai:{name}>{xml_text(value)}</oai:{name}>\n" for name, value in values.items())
    return f"<Identify>\n{''.join(lines)}</Identify>\n"


def _record(document: PublishedDocument, day: str, site: PublishedSite) -> str:
    host = urlsplit(site.url or "").hostname
    path = _folder(document).rstrip("/")
    elements = "".join(
        f"<dc:{name}>{xml_text(value)}</dc:{name}>\n" for name, value in _elements(document, site)
    )
    return f"""\
<oai:record>
<oai:header>
<oai:identifier>oai:{host}:{xml_text(path)}</oai:identifier>
<oai:datestamp>{day}</oai:datestamp>
</oai:header>
<oai:metadata>
{_DUBLIN_CORE}{elements}</oai_dc:dc>
</oai:metadata>
</oai:record>
"""


def _elements(document: PublishedDocument, site: PublishedSite) -> Iterator[tuple[str, str]]:
    """Yield the elements of Dublin Core, by name."""
    yield "title", document.title
    yield from (("creator", author) for author in document.authors)
    if document.date:
        yield "date", document.date
    if document.language:
        yield "language", document.language
    if document.description:
        yield "description", document.description
    yield "type", "Text"
    yield "identifier", f"{site.url}{document.address}"
    if document.rights:
        yield "rights", document.rights
    if site.publisher:
        yield "publisher", site.publisher
