"""An HTTP/2 server over TLS on 127.0.0.1 that can misbehave as the path of a request says.

Usage: http2_server.py CERTIFICATE KEY; prints "PORT 127.0.0.1:N" once it listens. Needs the package h2.
"""

import socket
import ssl
import struct
import sys
import threading

import h2.config
import h2.connection
import h2.events

DATA, HEADERS, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 8, 9


def frame(kind, flags, stream, payload=b""):
    return struct.pack("!I", len(payload))[1:] + struct.pack("!BBI", kind, flags, stream) + payload


def literal(name, value):
    """A header field that is not indexed, without Huffman coding (RFC 7541, 6.2.2)."""
    return b"\x00" + integer(len(name)) + name + integer(len(value)) + value


def integer(number):
    if number < 127:
        return bytes([number])
    rest, out = number - 127, [127]
    while rest >= 128:
        out.append(rest % 128 + 128)
        rest //= 128
    return bytes(out + [rest])


class Gone(Exception):
    """The client has closed the connection."""


class Served:
    def __init__(self, client):
        self.client = client
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        self.h2 = h2.connection.H2Connection(config)
        self.settings = {}

    def send(self, data):
        try:
            self.client.sendall(data)
        except OSError as error:
            raise Gone from error

    def flush(self):
        self.send(self.h2.data_to_send())

    def run(self):
        self.h2.initiate_connection()
        self.flush()
        while True:
            try:
                data = self.client.recv(65536)
            except OSError:
                return
            if not data:
                return
            for event in self.h2.receive_data(data):
                if isinstance(event, h2.events.RemoteSettingsChanged):
                    self.settings.update({int(code): change.new_value for code, change in event.changed_settings.items()})
                if isinstance(event, h2.events.RequestReceived):
                    path = dict(event.headers)[":path"]
                    getattr(self, path.strip("/").replace("-", "_") or "hello")(event.stream_id)
            self.flush()

    def answer(self, stream, body, **headers):
        self.h2.send_headers(stream, [(":status", "200"), ("content-length", str(len(body)))])
        self.h2.send_data(stream, body, end_stream=True)
        self.flush()

    def flood(self, *frames):
        """The same frames until the client goes away; bounded, so that a client that never does is found out."""
        block = b"".join(frames) * 64
        for _ in range((1 << 30) // len(block)):
            self.send(block)

    # What the paths do.

    def hello(self, stream):
        self.answer(stream, b"hello")

    def settings_seen(self, stream):
        """What the client announced: the code of each setting and its value."""
        self.answer(stream, " ".join(f"{code}={value}" for code, value in sorted(self.settings.items())).encode())

    def push(self, stream):
        promise = struct.pack("!I", 2) + b"\x82\x87\x84" + literal(b":authority", b"evil.test")
        self.send(frame(PUSH_PROMISE, 4, stream, promise))
        self.answer(stream, b"hello")

    def reset(self, stream):
        self.h2.reset_stream(stream, 8)

    def reset_flood(self, stream):
        self.flood(frame(RST_STREAM, 0, stream, struct.pack("!I", 8)))

    def settings_flood(self, stream):
        self.flood(frame(SETTINGS, 0, 0))

    def ping_flood(self, stream):
        self.flood(frame(PING, 0, 0, b"12345678"))

    def settings_huge(self, stream):
        """A frame of a hundred thousand settings, announced as longer than the client allows."""
        self.send(frame(SETTINGS, 0, 0, struct.pack("!HI", 0xFFFF, 1) * 100_000))
        self.answer(stream, b"hello")

    def window_overflow(self, stream):
        self.send(frame(WINDOW_UPDATE, 0, 0, struct.pack("!I", 0x7FFFFFFF)) * 2)
        self.answer(stream, b"hello")

    def continuation_flood(self, stream):
        self.send(frame(HEADERS, 0, stream, b"\x88"))
        self.flood(frame(CONTINUATION, 0, stream, literal(b"a", b"b" * 100)))

    def empty_continuations(self, stream):
        self.send(frame(HEADERS, 0, stream, b"\x88"))
        self.flood(frame(CONTINUATION, 0, stream))

    def header_bomb(self, stream):
        """One entry of 4,000 bytes in the table, then references to it: 400 MB of headers in 100 KB."""
        self.send(frame(HEADERS, 0, stream, b"\x88\x40" + integer(1) + b"a" + integer(3900) + b"b" * 3900))
        for _ in range(7):
            self.send(frame(CONTINUATION, 0, stream, b"\xbe" * 16_000))
        self.flood(frame(CONTINUATION, 0, stream, b"\xbe" * 16_000))

    def interim_flood(self, stream):
        self.flood(frame(HEADERS, 4, stream, b"\x48\x03103" + literal(b"link", b"</a>")))

    def empty_data(self, stream):
        self.send(frame(HEADERS, 4, stream, b"\x88"))
        self.flood(frame(DATA, 0, stream))

    def padding(self, stream):
        """Frames of nothing but padding, which use up the window without a byte of the body."""
        self.send(frame(HEADERS, 4, stream, b"\x88"))
        for _ in range(250):
            self.send(frame(DATA, 8, stream, b"\xff" + b"\0" * 255))

    def short(self, stream):
        self.send(frame(HEADERS, 4, stream, b"\x88" + literal(b"content-length", b"10")) + frame(DATA, 1, stream, b"hello"))

    def goaway(self, stream):
        self.send(frame(HEADERS, 4, stream, b"\x88") + frame(DATA, 0, stream, b"hel"))
        self.send(frame(GOAWAY, 0, 0, struct.pack("!II", 0, 0)))
        raise Gone

    def unknown_stream(self, stream):
        self.send(frame(HEADERS, 4, 77, b"\x88"))

    def garbage(self, stream):
        self.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

    def bad_headers(self, stream):
        """Line ends in a value, and a name with a colon."""
        self.send(frame(HEADERS, 5, stream, b"\x88" + literal(b"a", b"b\r\nset-cookie: c=1") + literal(b"x:y", b"z")))


def serve(client, context):
    try:
        with context.wrap_socket(client, server_side=True) as secure:
            Served(secure).run()
    except (Gone, OSError, ssl.SSLError, h2.exceptions.ProtocolError):
        pass


def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    context.set_alpn_protocols(["h2"])
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"PORT 127.0.0.1:{listener.getsockname()[1]}", flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, context), daemon=True).start()


if __name__ == "__main__":
    import h2.exceptions

    main()
