"""Writes entries as they are stored, invented, one of extended JSON a line: documents.py FILE"""
import json
import random
import sys

random.seed(7)
words = [f"{a}{b}" for a in ("ka", "shi", "no", "ran", "tei", "mo") for b in ("ri", "su", "en", "ko", "da", "wa", "yo")]


def text(count):
    return " ".join(random.choices(words, k=count)).capitalize() + "."


with open(sys.argv[1], "w", encoding="utf-8") as out:
    for number in range(1000):
        out.write(json.dumps({
            "site": "bench", "id": number, "url": f"https://example.org/anime/{number}", "title": text(4),
            "title_synonyms": [text(3) for _ in range(2)], "type": "TV", "episodes": random.randint(1, 60),
            "aired": {"from": "2009-04-05", "to": "2010-07-04", "text": "Apr 5, 2009 to Jul 4, 2010"},
            "studios": [text(1)], "genres": [text(1) for _ in range(4)], "score": round(random.uniform(4, 9), 2),
            "members": random.randint(100, 3_000_000), "synopsis": text(150),
            "openings": [text(8) for _ in range(2)], "adult": False,
            "related": [{"relation": "Sequel", "site": "bench", "id": random.randint(1, 9999), "title": text(4)}
                        for _ in range(3)],
            "recommendations": [{"id": random.randint(1, 9999), "title": text(4), "votes": random.randint(1, 90)}
                                for _ in range(8)]}) + "\n")
