#!/usr/bin/env python3
"""Common Crawl's WET (and any WARC of `conversion` records) as records:  from_wet.py FILE.warc.wet.gz … >records

`-` or no file is the standard input; gzip is known by its first bytes. A record's `id` and `url` are the page's
address, `date` is the day of the crawl, `lang` the first language that the crawl names (ISO 639-3).
"""
import gzip
import io
import json
import sys


def pages(stream):
    """The headers and the bytes of each WARC record."""
    while True:
        line = stream.readline()
        if not line:
            return
        if not line.startswith(b"WARC/"):
            continue
        headers = {}
        while (line := stream.readline().strip()):
            name, _, value = line.decode("utf-8", "replace").partition(":")
            headers[name.strip().lower()] = value.strip()
        yield headers, stream.read(int(headers.get("content-length") or 0))


for path in sys.argv[1:] or ["-"]:
    raw = sys.stdin.buffer if path == "-" else open(path, "rb")
    stream = io.BufferedReader(raw) if not isinstance(raw, io.BufferedReader) else raw
    if stream.peek(2)[:2] == b"\x1f\x8b":
        stream = gzip.GzipFile(fileobj=stream)
    for headers, body in pages(stream):
        if headers.get("warc-type") != "conversion":
            continue
        record = {"id": headers.get("warc-target-uri"), "url": headers.get("warc-target-uri"),
                  "date": headers.get("warc-date", "")[:10], "lang": headers.get("warc-identified-content-language", "").split(",")[0]}
        record = {key: value for key, value in record.items() if value}
        record["text"] = body.decode("utf-8", "replace")
        print(json.dumps(record, ensure_ascii=False))
