"""Measures numpy, scipy and implicit on the ratings that ours are measured on; one JSON line each.

    recommender.py WORKLOAD [NAME…]        NAME: gram solve update foldin rank

One thread: CPU seconds are compared.
"""
import os
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import pathlib
import sys
from importlib.metadata import version

import numpy as np
import scipy.sparse as sp

# `peers` measures what the arguments name: nothing.
sys.argv, arguments = sys.argv[:2] + ["nothing"], sys.argv[2:]
from peers import measure  # noqa: E402

SAMPLE, TOP = 200, 50


def ratings(work):
    rows = np.loadtxt(pathlib.Path(work) / "ratings.csv", delimiter=",", skiprows=1)[:, :3]
    users = np.unique(rows[:, 0], return_inverse=True)[1]
    items = np.unique(rows[:, 1], return_inverse=True)[1]
    weights = np.maximum(0, rows[:, 2] - 4).astype(np.float64)
    matrix = sp.csr_matrix((weights, (users, items)))
    matrix.eliminate_zeros()
    return matrix, len(rows)


matrix, count = ratings(sys.argv[1])
items = matrix.shape[1]


def ease(gram):
    """Steck 2019: the inverse of the regularised Gram matrix, scaled."""
    inverse = np.linalg.inv(gram + 60 * np.eye(items))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


def gram():
    product = (matrix.T @ matrix).toarray()
    return product


def subjects():
    numpy, scipy = f"numpy {np.__version__}", f"scipy {version('scipy')}"
    yield "gram", f"{scipy} X'X", "ratings", lambda: (count, int(np.trace(gram())))
    whole = gram()
    yield "solve", f"{numpy} EASE, inverse", "items", lambda: (items, int(np.count_nonzero(ease(whole))))
    import implicit
    name = f"implicit {implicit.__version__}"

    def als():
        model = implicit.als.AlternatingLeastSquares(factors=128, iterations=15, num_threads=1, random_state=1)
        model.fit(matrix, show_progress=False)
        return model

    def knn():
        model = implicit.nearest_neighbours.TFIDFRecommender(K=200, num_threads=1)
        model.fit(matrix, show_progress=False)
        return model

    yield "solve", f"{name} ALS, 128 factors", "items", lambda: (items, als().item_factors.shape[0])
    yield "solve", f"{name} item-kNN, K 200", "items", lambda: (items, knn().similarity.nnz)

    def outer():
        for user in range(SAMPLE):
            row = matrix[user]
            whole[np.ix_(row.indices, row.indices)] -= np.outer(row.data, row.data)
            whole[np.ix_(row.indices, row.indices)] += np.outer(row.data, row.data)
        return 2 * SAMPLE, int(np.trace(whole))

    yield "update", f"{numpy} outer product, dense", "lists", outer
    yield "update", f"{scipy} X'X anew", "lists", lambda: (1, int(np.trace(gram())))
    dense, factors, neighbours = ease(whole), als(), knn()

    def scores():
        for user in range(SAMPLE):
            result = matrix[user] @ dense
        return SAMPLE, result.shape[1]

    def refold():
        for user in range(SAMPLE):
            vector = factors.recalculate_user(user, matrix[user])
            result = factors.item_factors @ np.ravel(vector)
        return SAMPLE, len(result)

    yield "foldin", f"{scipy} EASE, x B", "lists", scores
    yield "foldin", f"{name} ALS, recalculate_user", "lists", refold

    def best():
        found = 0
        for user in range(SAMPLE):
            row = matrix[user]
            result = np.ravel(row @ dense)
            result[row.indices] = -np.inf
            top = np.argpartition(-result, TOP)[:TOP]
            found += len(top[np.argsort(-result[top])])
        return SAMPLE, found

    def ranked(model, **how):
        found = 0
        for user in range(SAMPLE):
            found += len(model.recommend(user, matrix[user], N=TOP, **how)[0])
        return SAMPLE, found

    yield "rank", f"{numpy} EASE, argpartition", "lists", best
    yield "rank", f"{name} ALS", "lists", lambda: ranked(factors, recalculate_user=True)
    yield "rank", f"{name} item-kNN", "lists", lambda: ranked(neighbours)


for benchmark, who, unit, work_round in subjects():
    if not arguments or benchmark in arguments:
        measure(benchmark, who, unit, work_round)
