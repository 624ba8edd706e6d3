#!/usr/bin/env python3
"""Many watchers and writers of one `kubetab serve`.

The watchers are spread over namespaces, each sees the ConfigMaps of its own; writers change one of those after the
other, over several connections with several requests on the way. A few clients ask for a watch of everything and never
read. Prints figures (`name value unit`); fails when a watcher missed something or the server's memory grew without end.

usage: tests/bench/watchers.py [--watchers N] [--seconds S] [--namespaces N] [--writers N] [--rate R]
       KUBETAB_TOOL names another tool than build/native/kubetab
"""
import argparse
import asyncio
import json
import os
import resource
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "rest"))
from serving import Server  # noqa: E402

DEEP = 32  # requests that are sent together; with those before them, twice as many are on the way on a connection
DIGITS = 8
SLOW = 5


def memory(process):
    """The server's resident bytes."""
    with open(f"/proc/{process}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def request(server, method, path, body=None):
    text = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUser-Agent: bench/1\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n"
    return head.encode() + b"\r\n" + text


def config_map(namespace, number):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "m", "namespace": namespace},
            "data": {"number": str(number), "text": "x" * 200}}


def path_of(namespace):
    return f"/api/v1/namespaces/{namespace}/configmaps"


class Watcher(asyncio.Protocol):
    """Asks for a watch and remembers the number it was told last."""

    def __init__(self, namespace, asked):
        self.namespace = namespace
        self.asked = asked
        self.number = -1
        self.events = 0
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.asked)

    def data_received(self, data):
        self.events += data.count(b'"type":"')
        at = data.rfind(b'"number":"')
        end = data.find(b'"', at + 10)
        if at >= 0 and end >= 0:
            self.number = int(data[at + 10:end])


class Answers:
    """The codes of the answers on one connection."""

    def __init__(self, reader):
        self.reader = reader
        self.data = b""

    async def next(self, count):
        codes = []
        at = 0
        while len(codes) < count:
            end = self.data.find(b"\r\n\r\n", at)
            field = self.data.find(b"Content-Length: ", at, end) + 16 if end >= 0 else 0
            length = int(self.data[field:self.data.find(b"\r\n", field)]) if end >= 0 else 0
            if end >= 0 and len(self.data) >= end + 4 + length:
                codes.append(int(self.data[at + 9:at + 12]))
                at = end + 4 + length
                continue
            more = await self.reader.read(1 << 18)
            assert more, "the server ended a connection"
            self.data = self.data[at:] + more
            at = 0
        self.data = self.data[at:]
        return codes


class Bench:
    def __init__(self, server, options):
        self.server = server
        self.options = options
        self.names = [f"ns-{number}" for number in range(options.namespaces)]
        self.written = dict.fromkeys(self.names, 0)
        self.told = []  # the watchers
        self.writes = 0
        self.refused = 0
        self.over = False

    async def watch(self, namespace):
        seconds = int(self.options.seconds) + 600
        asked = request(self.server, "GET", path_of(namespace) + f"?watch=true&timeoutSeconds={seconds}")
        loop = asyncio.get_running_loop()
        _, watcher = await loop.create_connection(lambda: Watcher(namespace, asked), "127.0.0.1", self.server.port)
        self.told.append(watcher)

    def encoded(self, namespace):
        """A write as what stands before and after its number, so that the client costs little."""
        number = 10 ** (DIGITS - 1)
        text = request(self.server, "PUT", path_of(namespace) + "/m", config_map(namespace, number))
        return text.split(str(number).encode())

    async def write(self, names, rate):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port, limit=1 << 22)
        answers = Answers(reader)
        encoded = {name: self.encoded(name) for name in names}
        begin = time.monotonic()
        sent = 0
        waiting = []  # the batch that is not answered yet
        while not self.over:
            ahead = sent / rate - (time.monotonic() - begin)
            if ahead > 0:
                await asyncio.sleep(ahead)
            batch = []
            text = []
            for sent in range(sent + 1, sent + 1 + DEEP):
                before, after = encoded[names[sent % len(names)]]
                text += [before, b"%0*d" % (DIGITS, sent), after]
                batch.append((names[sent % len(names)], sent))
            writer.write(b"".join(text))
            await self.settle(answers, waiting)
            waiting = batch
        await self.settle(answers, waiting)
        writer.close()

    async def settle(self, answers, batch):
        codes = await answers.next(len(batch))
        self.refused += sum(code != 200 for code in codes)
        self.writes += len(batch)
        for namespace, number in batch:
            self.written[namespace] = number

    async def stare(self):
        """Asks for everything and reads nothing; the end of it, later."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port, limit=1 << 12)
        writer.write(request(self.server, "GET", "/api/v1/configmaps?watch=true"))
        return reader, writer

    async def run(self):
        for name in self.names:
            space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
            assert self.server.call("POST", "/api/v1/namespaces", space)[0] == 201
            assert self.server.call("POST", path_of(name), config_map(name, 0))[0] == 201
        for number in range(self.options.watchers):
            await self.watch(self.names[number % len(self.names)])
        while any(watcher.number < 0 for watcher in self.told):
            await asyncio.sleep(0.1)
        slow = [await self.stare() for _ in range(SLOW)]
        peaks = []
        shares = [self.names[number::self.options.writers] for number in range(self.options.writers)]
        rate = self.options.rate / self.options.writers
        writers = [asyncio.create_task(self.write(share, rate)) for share in shares if share]
        begin = time.monotonic()
        while time.monotonic() - begin < self.options.seconds:
            await asyncio.sleep(0.5)
            peaks.append(memory(self.server.process.pid))
        self.over = True
        await asyncio.gather(*writers)
        taken = time.monotonic() - begin
        end = time.monotonic() + 60
        while time.monotonic() < end and self.behind():
            await asyncio.sleep(0.1)
        gone = await asyncio.gather(*(self.ended_with_410(*one) for one in slow))
        for watcher in self.told:
            watcher.transport.close()
        return self.report(peaks, taken, sum(gone))

    async def ended_with_410(self, reader, writer):
        """True when the last thing a client that did not read is told is to list again."""
        text = b""
        try:
            while not text.endswith(b"0\r\n\r\n"):
                data = await asyncio.wait_for(reader.read(1 << 20), 1)
                if not data:
                    break
                text = (text + data)[-2000:]
        except (asyncio.TimeoutError, OSError):
            pass
        writer.close()
        return b'"code":410' in text

    def behind(self):
        return sum(watcher.number != self.written[watcher.namespace] for watcher in self.told)

    def report(self, peaks, taken, gone):
        half = max(peaks[:max(1, len(peaks) // 2)])
        events = sum(watcher.events for watcher in self.told)
        for name, value, unit in (("watchers", len(self.told), "clients"), ("writes", self.writes / taken, "1/s"),
                                  ("events", events / taken, "1/s"), ("refused", self.refused, "writes"),
                                  ("behind", self.behind(), "watchers"), ("memory_half", half / 1e6, "MB"),
                                  ("memory_end", peaks[-1] / 1e6, "MB"), ("slow_told_410", gone, f"of {SLOW}")):
            print(f"{name} {value:.0f} {unit}")
        return self.refused == 0 and self.behind() == 0 and peaks[-1] < 1.5 * half + 50e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--watchers", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--namespaces", type=int, default=500)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--rate", type=float, default=5000)
    options = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit[1], 8192), limit[1]))
    with Server("--no-kubelet") as server:
        good = asyncio.run(Bench(server, options).run())
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
