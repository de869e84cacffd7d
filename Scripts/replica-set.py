#!/usr/bin/env python3
"""Waits until the mongod on 127.0.0.1:PORT is a writable primary; makes it a replica set of one first if it is none.

    replica-set.py PORT [--set NAME] [--seconds N]

Speaks MongoDB's OP_MSG with the standard library alone, because a machine without mongosh still has to start one.
"""

import argparse
import socket
import struct
import sys
import time


def encode(document):
    """BSON of a dictionary of strings, integers, lists and dictionaries."""
    body = b""
    for key, value in document.items():
        name = key.encode() + b"\0"
        if isinstance(value, str):
            text = value.encode() + b"\0"
            body += b"\x02" + name + struct.pack("<i", len(text)) + text
        elif isinstance(value, int):
            body += b"\x10" + name + struct.pack("<i", value)
        elif isinstance(value, list):
            body += b"\x04" + name + encode({str(i): item for i, item in enumerate(value)})
        else:
            body += b"\x03" + name + encode(value)
    return struct.pack("<i", len(body) + 5) + body + b"\0"


def decode(data):
    """The fields of a BSON document that tell how a command went: numbers, truth values and texts."""
    fields, at = {}, 4
    sizes = {0x01: 8, 0x07: 12, 0x08: 1, 0x09: 8, 0x0A: 0, 0x10: 4, 0x11: 8, 0x12: 8, 0x13: 16}
    while data[at]:
        kind, end = data[at], data.index(0, at + 1)
        name, at = data[at + 1 : end].decode(), end + 1
        size = sizes.get(kind)
        if size is None:
            length = struct.unpack_from("<i", data, at)[0]
            size = length + {0x02: 4, 0x03: 0, 0x04: 0, 0x05: 5}[kind]
        value = data[at : at + size]
        if kind in (0x01, 0x10, 0x12):
            fields[name] = struct.unpack({0x01: "<d", 0x10: "<i", 0x12: "<q"}[kind], value)[0]
        elif kind == 0x08:
            fields[name] = value != b"\0"
        elif kind == 0x02:
            fields[name] = value[4:-1].decode()
        at += size
    return fields


def run(port, command):
    """Sends one command to the database admin and returns the reply's fields."""
    message = struct.pack("<iB", 0, 0) + encode({**command, "$db": "admin"})
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(struct.pack("<iiii", 16 + len(message), 1, 0, 2013) + message)
        stream = connection.makefile("rb")
        length = struct.unpack("<iiii", stream.read(16))[0]
        return decode(stream.read(length - 16)[5:])


def step(port, name):
    """Brings the server one step closer; returns what is still missing, or None."""
    hello = run(port, {"hello": 1})
    if hello.get("isWritablePrimary"):
        return None
    if "setName" in hello:
        return "no primary yet"
    members = [{"_id": 0, "host": f"127.0.0.1:{port}"}]
    reply = run(port, {"replSetInitiate": {"_id": name, "members": members}})
    return reply.get("errmsg", "no primary yet")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("--set", default="rs0")
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    deadline = time.monotonic() + options.seconds
    while True:
        try:
            missing = step(options.port, options.set)
        except (OSError, struct.error, IndexError, KeyError) as error:
            missing = f"no answer yet: {error}"
        if missing is None:
            return 0
        if time.monotonic() > deadline:
            print(f"replica-set: 127.0.0.1:{options.port}: {missing}", file=sys.stderr)
            return 1
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
