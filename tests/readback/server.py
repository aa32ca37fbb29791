"""The program as a server, on a free port."""

import http.client
import re
import subprocess
import threading

from program import PROGRAM, SHIPPED


class Server:
    """A server of a data set, until it is stopped."""

    def __init__(self, *arguments, data=SHIPPED):
        command = [PROGRAM, "--data", data, "serve", "--bind", "127.0.0.1:0", "--rate", "1000", *arguments]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"listening: http://([^/\s]+)", line)
            if found:
                self.host = found[1]
                self.url = f"http://{self.host}"
                # The rest of the log is read, so that the server never waits for somebody to read it.
                self.rest = threading.Thread(target=self.process.stderr.read, daemon=True)
                self.rest.start()
                return
        raise AssertionError("the server does not start")

    def ask(self, method, path, headers=(), body=b""):
        """Sends a request with these headers and no others, and returns status, headers and body."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body or method in ("POST", "PUT"):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def stop(self):
        """Ends the server."""
        self.process.kill()
        self.process.wait()
        self.rest.join()
        self.process.stderr.close()
