"""The same endpoint as a Python service has it: FastAPI on uvicorn, the lists and the item weights in memory, numpy and scipy.

    uvicorn peer:app, with LOAD_SHARED and LOAD_WORK in the environment

Weights are the hundred greatest cosines of each anime. It is spared what ours does beside: reading lists that are changed, leaving sequels out, the second
step, the story. Its answer has the same shape: ten anime, each with the three titles of the list that speak for it most.
"""
import csv
import json
import os
import pathlib

import fastapi
import numpy as np
import scipy.sparse as sp
from fastapi.responses import Response

import orjson

shared, work = pathlib.Path(os.environ["LOAD_SHARED"]), pathlib.Path(os.environ["LOAD_WORK"])
NEIGHBOURS, COUNT, REASONS = 100, 10, 3

with open(shared / "data/anime_meta.jsonl", encoding="utf-8") as file:
    cards = {row["mal_id"]: row for row in map(json.loads, file)}
numbers = {item: row for row, item in enumerate(sorted(cards))}
titles = [cards[item]["title"] for item in numbers]
people, rows, columns, values = {}, [], [], []
with open(work / "ratings.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if int(row["item"]) in numbers:
            rows.append(people.setdefault(row["user"], len(people)))
            columns.append(numbers[int(row["item"])])
            values.append(int(row["rating"]))
lists = sp.csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=(len(people), len(numbers)))


def item_weights():
    """Row: an anime of the list; column: what it speaks for."""
    norms = np.sqrt(lists.multiply(lists).sum(axis=0)).A1
    norms[norms == 0] = 1
    cosines = (lists @ sp.diags(1 / norms)).astype(np.float32).tocsc()
    kept = []
    for start in range(0, cosines.shape[1], 500):
        some = (cosines.T @ cosines[:, start:start + 500]).toarray()
        some[np.arange(start, start + some.shape[1]), np.arange(some.shape[1])] = 0
        least = -np.partition(-some, NEIGHBOURS, axis=0)[NEIGHBOURS]
        kept.append(sp.csc_matrix(np.where(some > least, some, 0)))
    return sp.hstack(kept).tocsr()


weights = item_weights()
by_column = weights.tocsc()
app = fastapi.FastAPI()


@app.get("/api/v1/users/{user}/recommendations")
async def recommendations(user: str, count: int = COUNT):
    person = people.get(user)
    if person is None:
        raise fastapi.HTTPException(404)
    begin, end = lists.indptr[person], lists.indptr[person + 1]
    items, ratings = lists.indices[begin:end], lists.data[begin:end]
    scores = np.zeros(len(titles), dtype=np.float32)
    for item, rating in zip(items, ratings):
        own = slice(weights.indptr[item], weights.indptr[item + 1])
        scores[weights.indices[own]] += rating * weights.data[own]
    scores[items] = 0
    best = np.argpartition(-scores, count)[:count]
    best = best[np.argsort(-scores[best])]
    answer = []
    for item in best:
        own = slice(by_column.indptr[item], by_column.indptr[item + 1])
        _, here, there = np.intersect1d(items, by_column.indices[own], assume_unique=True, return_indices=True)
        parts = ratings[here] * by_column.data[own][there]
        most = np.argsort(-parts)[:REASONS]
        card = cards_by_row[item]
        answer.append({
            "anime": titles[item], "score": float(scores[item]), "type": card["type"], "year": card["year"], "genres": card["genres"], "img_url": "",
            "reasons": [{"liked": titles[items[here[place]]], "share": float(parts[place] / scores[item])} for place in most]})
    return Response(orjson.dumps(answer), media_type="application/json")


cards_by_row = [cards[item] for item in numbers]
