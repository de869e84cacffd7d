"""Measures NLTK and scikit-learn on the synopses that ours are measured on; one JSON line each.

    text.py WORKLOAD [NAME…]        NAME: terms tfidf nmf lda

One thread: CPU seconds are compared.
"""
import os
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import json
import pathlib
import re
import shutil
import sys
import warnings
from importlib.metadata import version

import nltk
import nltk.corpus.reader.wordnet
from nltk.stem import WordNetLemmatizer, snowball
from nltk.tokenize import NLTKWordTokenizer
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

# `peers` measures what the arguments name: nothing.
sys.argv, arguments = sys.argv[:2] + ["nothing"], sys.argv[2:]
from peers import measure  # noqa: E402

warnings.filterwarnings("ignore")
work = pathlib.Path(sys.argv[1])


def wordnet():
    """Debian's files where NLTK looks for its own, which it wants not linked; and lexnames, which morphy never reads."""
    folder = work / "nltk_data" / "corpora" / "wordnet"
    folder.mkdir(parents=True, exist_ok=True)
    for file in pathlib.Path("/usr/share/wordnet").iterdir():
        if not (folder / file.name).exists():
            shutil.copyfile(file, folder / file.name)
    if not (folder / "lexnames").exists():
        (folder / "lexnames").write_text("".join(f"{n:02d}\tname{n}\t1\n" for n in range(45)))
    nltk.data.path.insert(0, str(work / "nltk_data"))
    # It would look for other versions to map to.
    nltk.corpus.reader.wordnet.WordNetCorpusReader.map_wn = lambda self, version="wordnet": None


wordnet()
synopses = [json.loads(line).get("synopsis") or "" for line in (work / "synopses.jsonl").open(encoding="utf-8")]
texts = [text for text in synopses if len(text) >= 140]
stemmer, lemmatizer, tokenizer = snowball.SnowballStemmer("english"), WordNetLemmatizer(), NLTKWordTokenizer()
lemmatizer.lemmatize("dogs")


def terms():
    result = []
    for text in texts:
        words = tokenizer.tokenize(re.sub(r"[^a-zA-Z0-9 ]+", "", text).lower())
        result.append([stemmer.stem(lemmatizer.lemmatize(word)) for word in words])
    return result


def vectorizer(kind):
    return kind(tokenizer=lambda x: x, preprocessor=lambda x: x, token_pattern=None, max_df=.17, min_df=.003,
                max_features=5000, stop_words="english")


nltk_name, sklearn_name = f"NLTK {nltk.__version__}", f"scikit-learn {version('scikit-learn')}"
found = terms()
matrix, counts = vectorizer(TfidfVectorizer).fit_transform(found), vectorizer(CountVectorizer).fit_transform(found)


def nmf():
    return NMF(n_components=30, init="nndsvd", l1_ratio=.5, random_state=1).fit(matrix).n_iter_


def lda():
    return int(LatentDirichletAllocation(n_components=30, random_state=1, n_jobs=1).fit(counts).n_iter_)


for benchmark, who, work_round in [
    ("terms", nltk_name, lambda: sum(map(len, terms()))),
    ("tfidf", sklearn_name, lambda: int(vectorizer(TfidfVectorizer).fit_transform(found).nnz)),
    ("nmf", sklearn_name, nmf),
    ("lda", sklearn_name, lda),
]:
    if not arguments or benchmark in arguments:
        measure(benchmark, who, "texts", lambda: (len(texts), work_round()))
