"""Writes the catalogue and people's ratings for the load test, as `animematcher import` reads them.

    prepare.py SHARED WORK PEOPLE

The ratings of the data set are of fewer people than a service has. Further ones are made of them: the halves of two people's lists, so that lengths,
favourites and tastes that go together stay those of people. Always the same for the same number.
"""
import csv
import pathlib
import random
import sys

shared, work, wanted = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])

with open(shared / "data/anime420k/items.csv", encoding="utf-8", newline="") as file:
    numbers = {row["item"]: row["mal_id"] for row in csv.DictReader(file)}
lists = {}
with open(shared / "data/anime420k/ratings.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if row["item"] in numbers:
            lists.setdefault(f"fan{row['user']}", []).append((numbers[row["item"]], row["rating"]))
real = sorted(lists)
chance = random.Random(20)
for number in range(max(0, wanted - len(real))):
    rows = {}
    for name in chance.sample(real, 2):
        own = lists[name]
        rows.update(chance.sample(own, (len(own) + 1) // 2))
    lists[f"mix{number}"] = sorted(rows.items())
names = sorted(lists)[:]
with open(work / "ratings.csv", "w", encoding="utf-8") as file:
    file.write("user,item,rating\n")
    for name in names:
        file.writelines(f"{name},{item},{rating}\n" for item, rating in lists[name])
# In no order, so that the first ones of a skewed choice are anybody.
chance.shuffle(names)
(work / "people.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
print(f"load: {len(names)} people, of whom {len(real)} are the data set's; {sum(map(len, lists.values()))} ratings", file=sys.stderr)
