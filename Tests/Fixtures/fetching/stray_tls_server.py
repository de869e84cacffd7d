"""An HTTP/1.1 server over TLS on 127.0.0.1 that sends more than it should.

/lie answers with as many bytes as it says, and a second answer in the same TLS record as the last of them; everything
else is answered with "next". Usage: stray_tls_server.py CERTIFICATE KEY; prints "PORT 127.0.0.1:N" once it listens.
"""

import socket
import ssl
import sys
import threading
import time


def answer(body):
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def serve(client, context):
    try:
        with context.wrap_socket(client, server_side=True) as secure:
            while request := secure.recv(65536):
                if not request.startswith(b"GET /lie "):
                    secure.sendall(answer(b"next"))
                    continue
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n")
                # Apart, so that the last piece is read for itself, up to the stated length and no further.
                for piece in (b"x" * 16000, b"x" * 16000, b"x" * 8000 + answer(b"evil")):
                    time.sleep(0.05)
                    secure.sendall(piece)
    except OSError:
        pass


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(sys.argv[1], sys.argv[2])
listener = socket.create_server(("127.0.0.1", 0))
print(f"PORT 127.0.0.1:{listener.getsockname()[1]}", flush=True)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client, context), daemon=True).start()
