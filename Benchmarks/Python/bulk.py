"""PyMongo's bulk writes of the same documents, to be compared with `driver bulk`: bulk.py COUNT BATCH DOCUMENTS"""
import json
import os
import resource
import sys
import time

import bson
import pymongo
from bson import json_util

assert bson.has_c() and pymongo.has_c(), "PyMongo without its C extensions is no peer"
count, batch = int(sys.argv[1]), int(sys.argv[2])
samples = [json_util.loads(line) for line in open(sys.argv[3], encoding="utf-8")]
client = pymongo.MongoClient(os.environ["MONGODB_URI"], w="majority", journal=True)
database = client.driver_benchmark
process = client.admin.command("serverStatus")["pid"]


def server():
    fields = open(f"/proc/{process}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def own():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


for kind in ("insert", "replace"):
    client.drop_database("driver_benchmark")
    before = own(), server(), time.monotonic()
    for start in range(0, count, batch):
        models = []
        for number in range(start, min(start + batch, count)):
            document = {**samples[number % len(samples)], "_id": bson.Int64(number)}
            models.append(
                pymongo.InsertOne(document) if kind == "insert"
                else pymongo.ReplaceOne({"_id": document["_id"]}, document, upsert=True))
        database.things.bulk_write(models, ordered=False)
    after = own(), server(), time.monotonic()
    cpu, server_cpu, seconds = (b - a for a, b in zip(before, after))
    print(json.dumps({
        "benchmark": f"driver {kind}", "who": f"PyMongo {pymongo.version}", "unit": "documents",
        "per_cpu_second": int(count / cpu), "result": count,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "server_cpu": server_cpu,
        "seconds": seconds}))
client.drop_database("driver_benchmark")
