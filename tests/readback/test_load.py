"""A server that is asked much keeps nothing of it."""

import unittest

from load import endured
from program import SHIPPED

REQUESTS = 10_000
# What is cached and what allocators keep: after 100,000 requests it was less than a megabyte. If each request left four
# hundred bytes, it would be more.
SLACK = 4_000_000


class Load(unittest.TestCase):
    def test_memory_after_many_requests_is_what_it_was_after_the_first_thousand(self):
        (server, queries), (server_then, queries_then) = endured(SHIPPED, REQUESTS)
        self.assertEqual(len(queries), len(queries_then))
        self.assertLess(server_then, server + SLACK)
        for before, then in zip(sorted(queries), sorted(queries_then)):
            self.assertLess(then, before + SLACK)


if __name__ == "__main__":
    unittest.main()
