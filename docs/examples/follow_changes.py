#!/usr/bin/env python3
"""Keeps a copy of AnimeMatcher's `anime` and `users` in an SQLite file: follow_changes.py COPY.sqlite [--once]"""
import os, sqlite3, sys
from bson import Int64, json_util
from pymongo import MongoClient

if len(sys.argv) < 2:
    sys.exit(__doc__)
COLLECTIONS = {"anime": "anime", "user": "users"}  # subject of a change: collection of its document
db = MongoClient(os.environ["MONGODB_URI"])[os.environ.get("ANIMEMATCHER_DATABASE", "anime_recommend")]
copy = sqlite3.connect(sys.argv[1])
copy.executescript("""CREATE TABLE IF NOT EXISTS documents (subject, key, document, PRIMARY KEY (subject, key));
    CREATE TABLE IF NOT EXISTS position (id INTEGER PRIMARY KEY CHECK (id = 1), change)""")

def counter(name):
    return (db.counters.find_one({"_id": name}) or {"value": 0})["value"]

def store(keys, position):  # the documents as they are now, and the position, in one transaction: a crash undoes both
    with copy:
        for subject, some in keys.items():
            copy.executemany("DELETE FROM documents WHERE subject = ? AND key = ?", [(subject, key) for key in some])
            for start in range(0, len(some), 500):
                for document in db[COLLECTIONS[subject]].find({"_id": {"$in": some[start:start + 500]}}):
                    row = (subject, document["_id"], json_util.dumps(document))
                    copy.execute("INSERT INTO documents VALUES (?, ?, ?)", row)
        copy.execute("REPLACE INTO position VALUES (1, ?)", (position,))
    # Shows us in `animematcher changes consumers`, and makes compaction wait for us.
    db.consumers.update_one({"_id": "recommender"}, {"$set": {"change": Int64(position)}}, upsert=True)

def compare_all():  # the position is from before: what changes meanwhile is taken in again
    newest = counter("changes")
    known = copy.execute("SELECT subject, key FROM documents").fetchall()
    there = {s: {d["_id"] for d in db[c].find({}, {"_id": 1})} for s, c in COLLECTIONS.items()}
    store({s: sorted(there[s] | {key for subject, key in known if subject == s}) for s in COLLECTIONS}, newest)

with db.changes.watch() as stream:  # it only wakes us: changes are read by number, so a lost event loses nothing
    while True:
        position = (copy.execute("SELECT change FROM position").fetchone() or [None])[0]
        after = {"_id": {"$gt": Int64(position or 0)}}
        page = list(db.changes.find(after, {"subject": 1, "key": 1}, sort=[("_id", 1)], limit=500))
        # New, or changes were removed that we have not seen (asked for after the page), or this is another log.
        if position is None or position < counter("changes_compacted") or position > counter("changes"):
            compare_all()
        elif page:
            store({s: sorted({c["key"] for c in page if c["subject"] == s}) for s in COLLECTIONS}, page[-1]["_id"])
        elif "--once" in sys.argv:
            break
        else:
            stream.try_next()
