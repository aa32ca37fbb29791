"""The oxigraph server, and what stands between it and the program: connections that break off, or speak TLS."""

import pathlib
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request

OXIGRAPH = pathlib.Path(sys.executable).parent / "oxigraph"


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Oxigraph:
    """A server with an empty store in a folder."""

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        arguments = [OXIGRAPH, "serve", "--location", folder, "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/store?default", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise AssertionError("the server does not start")

    def stop(self):
        """Ends the server."""
        self.process.kill()
        self.process.wait()


class Between:
    """Hands connections on to a port. Those of `breaks`, by their number, end early: `request` in the middle of what is
    sent, `answer` when all is sent and nothing has been answered, `half` in the middle of the answer."""

    def __init__(self, port, breaks=None, context=None):
        self.port, self.breaks, self.context = port, breaks or {}, context
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.at = self.listener.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        """Takes connections, one after the other, until it is closed."""
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            number = self.connections
            self.connections += 1
            try:
                with self.context.wrap_socket(client, server_side=True) if self.context else client as taken:
                    self.hand_on(taken, self.breaks.get(number))
            except OSError:
                # Who has gone away is not waited for.
                client.close()

    def hand_on(self, client, how):
        """Hands a request on and its answer back, or a part of either."""
        request = message(client)
        with socket.create_connection(("127.0.0.1", self.port)) as server:
            if how == "request":
                server.sendall(request[: len(request) // 2])
                return
            server.sendall(request)
            answer = message(server)
        if how == "half":
            client.sendall(answer[: len(answer) // 2])
        elif how is None:
            client.sendall(answer)

    def close(self):
        """Takes no more connections."""
        self.listener.close()


def message(stream):
    """A request or an answer of HTTP, whole."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += more(stream)
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if fields.get(b"transfer-encoding") == b"chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += more(stream)
    while len(body) < int(fields.get(b"content-length", 0)):
        body += more(stream)
    return head + b"\r\n\r\n" + body


def more(stream):
    """What comes next; there must be something."""
    data = stream.recv(1 << 16)
    if not data:
        raise OSError("it ends too early")
    return data


def certificate(folder):
    """Makes a certificate for this machine, and returns its file and a context of TLS with it."""
    key, cert = pathlib.Path(folder) / "key.pem", pathlib.Path(folder) / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        + ["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context
