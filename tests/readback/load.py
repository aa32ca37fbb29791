"""How many requests a second a server answers, how long they take, and how much memory it has then.

`python load.py [FOLDER…]` prints the table of docs/performance.md for data sets (the shipped one unless named), beside the
oxigraph server for the query; `python load.py --endure NUMBER [FOLDER]` the memory after a thousand requests, and after so
many. Each measurement is bounded by time, and clients are as many as the table says: each has one connection, which it keeps,
and sends a request when the one before is answered.
"""

import json
import multiprocessing
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

from program import PROGRAM, SHIPPED, export
from server import Server
from store import OXIGRAPH, Oxigraph, free_port

CLIENTS = 4
SECONDS = 4
# So much of each second is asked, and rates are those of this time: processes that the system runs before all others
# (`chrt -r 1`, for a machine with other work) it stops when they take whole seconds.
ASKING = 0.85
# How long the most requests may take.
LONGEST = 300
# What is asked is another thing each time, up to so many.
ENTITIES = 500


class Quiet(Server):
    """A server that asks nobody to be patient, and writes no log."""

    def __init__(self, data):
        self.host = f"127.0.0.1:{free_port()}"
        self.url = f"http://{self.host}"
        command = [PROGRAM, "--quiet", "--data", data, "serve", "--bind", self.host, "--rate", "0"]
        self.process = subprocess.Popen(command)
        for _ in range(600):
            try:
                self.ask("GET", "/sparql", [("Accept", "text/turtle")])
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError("the server does not start")

    def stop(self):
        """Ends the server."""
        self.process.kill()
        self.process.wait()


class Connection:
    """A connection to a server that is kept. It reads as much of an answer as tells where the next one begins."""

    def __init__(self, host):
        name, port = host.rsplit(":", 1)
        self.socket = socket.create_connection((name, int(port)), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, request):
        """Sends a request, and returns the status and the length of the answer."""
        self.socket.sendall(request)
        data = self.until(b"\r\n\r\n", self.rest)
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head[9:12])
        head = head.lower()
        if b"\r\ntransfer-encoding: chunked" in head:
            length = 0
            while True:
                body = self.until(b"\r\n", body)
                size, _, body = body.partition(b"\r\n")
                size = int(size, 16)
                body = self.bytes(size + 2, body)
                body = body[size + 2 :]
                length += size
                if size == 0:
                    break
        else:
            length = int(head.split(b"\r\ncontent-length: ")[1].split(b"\r\n")[0])
            body = self.bytes(length, body)[length:]
        self.rest = body
        return status, length

    def until(self, mark, data):
        """What was read, and more until there is a mark in it."""
        while mark not in data:
            data += self.more()
        return data

    def bytes(self, size, data):
        """What was read, and more until there are so many bytes."""
        while len(data) < size:
            data += self.more()
        return data

    def more(self):
        """What comes next; there must be something."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise OSError("the answer ends too early")
        return data

    def close(self):
        """Asks no more."""
        self.socket.close()


def get(host, path, accept):
    """A request, as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n".encode()


def client(host, requests, first, end, results):
    """Asks one thing after the other until a time has come, or so often, and tells how long each took."""
    connection = Connection(host)
    at_most, until = end
    took, failed, received = [], 0, 0
    number = first
    while len(took) < at_most and (begin := time.perf_counter()) < until:
        if begin % 1 > ASKING:
            time.sleep(1 - begin % 1)
            continue
        status, length = connection.ask(requests[number % len(requests)])
        took.append(time.perf_counter() - begin)
        failed += status != 200
        received += length
        number += 7
    connection.close()
    results.put((took, failed, received))


def load(host, requests, clients=CLIENTS, seconds=SECONDS, at_most=1 << 60):
    """Asks with so many clients, for so long or so often in all: how many requests a second, and what each took, sorted."""
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    begin = time.perf_counter()
    end = (at_most // clients, begin + seconds)
    asked = [
        context.Process(target=client, args=(host, requests, number * 101, end, results)) for number in range(clients)
    ]
    for process in asked:
        process.start()
    all_of = [results.get() for _ in asked]
    for process in asked:
        process.join()
    seconds = time.perf_counter() - begin
    took = sorted(one for took, _, _ in all_of for one in took)
    failed = sum(failed for _, failed, _ in all_of)
    if failed:
        raise AssertionError(f"{failed} of {len(took)} requests failed")
    return len(took) / seconds / ASKING, took, sum(received for _, _, received in all_of) / len(took)


def entities(server):
    """The IRIs and the names of entities, some of each kind."""
    query = "SELECT ?iri (SAMPLE(?label) AS ?name) { ?iri rdfs:label ?label FILTER(LANG(?label) = 'en') } GROUP BY ?iri LIMIT 20000"
    path = "/sparql?" + urllib.parse.urlencode({"query": query})
    status, _, body = server.ask("GET", path, [("Accept", "application/sparql-results+json")])
    if status != 200:
        raise AssertionError(body)
    rows = [(row["iri"]["value"], row["name"]["value"]) for row in json.loads(body)["results"]["bindings"]]
    rows.sort()
    return rows[:: max(1, len(rows) // ENTITIES)][:ENTITIES]


def requests_to(server):
    """What is asked: pages of entities, searches for the beginnings of their names, and what is stated of them."""
    rows = entities(server)
    pages = []
    for iri, _ in rows:
        status, headers, _ = server.ask("GET", urllib.parse.urlsplit(iri).path, [("Accept", "text/html")])
        if status == 303 and headers["location"].endswith(".html"):
            pages.append(get(server.host, headers["location"], "text/html"))
    words = sorted({name[:6].strip() for _, name in rows})
    search = [get(server.host, f"/en/search?q={urllib.parse.quote(word)}", "*/*") for word in words]
    return {"page of an entity": pages, "search": search, "query": queries_to(server.host, "/sparql", rows)}


def queries_to(host, endpoint, rows):
    """Small queries: what is stated of an entity."""
    asked = [f"SELECT ?p ?o {{ <{iri}> ?p ?o }}" for iri, _ in rows]
    paths = [f"{endpoint}?{urllib.parse.urlencode({'query': query})}" for query in asked]
    return [get(host, path, "application/sparql-results+json") for path in paths]


def memory(pid):
    """The bytes that a process has in memory, and those of the processes that it started."""

    def of(process):
        fields = pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in fields if line.startswith("VmRSS:"))

    children = pathlib.Path(f"/proc/{pid}/task").glob("*/children")
    started = [int(child) for listed in children for child in listed.read_text(encoding="ascii").split()]
    return of(pid), [of(child) for child in started]


def line(name, measured):
    """A row of the table."""
    (rate, took, size) = measured
    at = [took[min(len(took) - 1, len(took) * share // 100)] * 1000 for share in (50, 99)]
    print(f"| {name} | {rate:,.0f} | {at[0]:.2f} ms | {at[1]:.2f} ms | {size / 1000:.1f} kB |", flush=True)


def measure(data):
    """Prints what a server of a data set does."""
    server = Quiet(data)
    try:
        asked = requests_to(server)
        rows = entities(server)
        for name, requests in asked.items():
            load(server.host, requests, seconds=1)
            for clients in (1, CLIENTS):
                line(f"{data.name}: {name}, {clients} at once", load(server.host, requests, clients))
        of_server, of_queries = memory(server.process.pid)
        print(f"memory: {of_server / 1e6:.0f} MB, processes of queries {[round(one / 1e6) for one in of_queries]} MB")
    finally:
        server.stop()
    with tempfile.TemporaryDirectory() as folder:
        graph = pathlib.Path(folder) / "graph.nt"
        graph.write_text(export("ntriples", data=data), encoding="utf-8")
        store = pathlib.Path(folder) / "store"
        subprocess.run([OXIGRAPH, "load", "-l", store, "-f", graph], check=True, capture_output=True)
        other = Oxigraph(store)
        try:
            host = f"127.0.0.1:{other.port}"
            requests = queries_to(host, "/query", rows)
            load(host, requests, seconds=1)
            for clients in (1, CLIENTS):
                line(f"{data.name}: query to oxigraph, {clients} at once", load(host, requests, clients))
        finally:
            other.stop()


def endured(data, many):
    """The memory of a server after the first thousand requests of all kinds, and after so many."""
    server = Quiet(data)
    try:
        kinds = requests_to(server).values()
        # In turn, so that each client asks all kinds.
        asked = [requests[number % len(requests)] for number in range(ENTITIES) for requests in kinds]
        taken = []
        for so_many in (1000, many - 1000):
            _, took, _ = load(server.host, asked, seconds=LONGEST, at_most=so_many)
            if len(took) < so_many:
                raise AssertionError(f"{len(took)} of {so_many} requests in {LONGEST} seconds")
            taken.append(memory(server.process.pid))
        return taken
    finally:
        server.stop()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--endure"]:
        for server, queries in endured(pathlib.Path(sys.argv[3]) if sys.argv[3:] else SHIPPED, int(sys.argv[2])):
            print(f"{server / 1e6:.1f} MB, processes of queries {[round(one / 1e6, 1) for one in queries]} MB")
    else:
        print("| what is asked | a second | 50 % within | 99 % within | answer |\n|---|---|---|---|---|")
        for folder in [pathlib.Path(name) for name in sys.argv[1:]] or [SHIPPED]:
            measure(folder)
