"""The reports of the W3C's tests: what is kept is EARL, of this version, of all tests, and says no failure."""

import unittest

import rdflib

from program import REPOSITORY, version
from w3c import DOAP, EARL

# How many tests there are, and how many of them a server that only reads cannot run.
SUITES = {"protocol": (34, 7), "service-description": (3, 0), "graph-store": (13, 12), "http-rdf-update": (18, 15)}


class Reports(unittest.TestCase):
    """The reports in docs/conformance."""

    def test_each_report_is_whole_and_has_no_failure(self):
        for name, (all_tests, inapplicable) in SUITES.items():
            with self.subTest(name):
                report = rdflib.Graph().parse(REPOSITORY / "docs" / "conformance" / f"{name}.ttl")
                self.assertEqual([str(found) for found in report.objects(None, DOAP.revision)], [version()])
                self.assertEqual(len(set(report.objects(None, EARL.test))), all_tests)
                outcomes = list(report.objects(None, EARL.outcome))
                self.assertEqual(outcomes.count(EARL.inapplicable), inapplicable)
                self.assertEqual(outcomes.count(EARL.passed), all_tests - inapplicable)


if __name__ == "__main__":
    unittest.main()
