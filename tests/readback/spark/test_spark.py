"""A data set on Apache Spark: a standalone master with two workers, of which one loses its executor in the middle."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import pyspark
from compare import REPOSITORY, equal
from hard import Hard
from pyspark.sql import SparkSession
from rapporteur.spark import Job

HOME = pathlib.Path(pyspark.__file__).parent
FORMATS = ("ntriples", "parquet")


def daemon(folder, name, *arguments):
    """Starts a part of the cluster."""
    variables = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable}
    log = (folder / f"{name}.log").open("wb")
    command = [HOME / "bin" / "spark-class", *arguments]
    return subprocess.Popen(command, env=variables, stdout=log, stderr=log)


def wait_for(path, text, seconds=120):
    end = time.monotonic() + seconds
    while text not in path.read_text(errors="replace"):
        if time.monotonic() > end:
            raise AssertionError(path.read_text(errors="replace")[-2000:])
        time.sleep(0.2)


class Cluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "17077", "--webui-port", "0"]
        cls.start("master", *master)
        wait_for(cls.folder / "master.log", "I have been elected leader")
        for number in (1, 2):
            worker = ["org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g"]
            worker += ["--webui-port", "0", "--work-dir", str(cls.folder / f"work-{number}"), "spark://127.0.0.1:17077"]
            cls.start(f"worker-{number}", *worker)
        for number in (1, 2):
            wait_for(cls.folder / f"worker-{number}.log", "Successfully registered")
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        os.environ["PYSPARK_PYTHON"] = sys.executable
        builder = SparkSession.builder.master("spark://127.0.0.1:17077").appName("rapporteur")
        for key, value in {
            "spark.executor.memory": "512m",
            "spark.executor.cores": "1",
            "spark.sql.shuffle.partitions": "2",
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.executorEnv.RAPPORTEUR": os.environ["RAPPORTEUR"],
            "spark.executorEnv.PYTHONPATH": str(REPOSITORY / "python"),
        }.items():
            builder = builder.config(key, value)
        cls.spark = builder.getOrCreate()
        cls.addClassCleanup(cls.spark.stop)
        cls.spark.sparkContext.setLogLevel("ERROR")

    @classmethod
    def start(cls, name, *arguments):
        process = daemon(cls.folder, name, *arguments)
        # The script becomes the virtual machine.
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.terminate)

    def executors(self):
        """The executors of the cluster, by their processes."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if "CoarseGrainedExecutorBackend" in command and str(self.folder) in os.readlink(process / "cwd"):
                found.append(int(process.name))
        return found

    def test_hard_data_are_those_of_one_process_though_an_executor_is_killed(self):
        data, output = self.folder / "data", self.folder / "graph"
        Hard(data, 100, clean=False).write()
        killed = []

        def kill(line):
            if line.endswith("  meant"):
                [first, *_] = self.executors()
                os.kill(first, signal.SIGKILL)
                killed.append(first)

        options = {"formats": FORMATS, "shards": 2, "keep_going": True, "piece": 1 << 14}
        result = Job(self.spark, str(data), str(output), say=kill, **options).run()
        self.assertEqual(len(killed), 1)
        equal(self, data, result, FORMATS)
        # Again into the same place: the same run, which is whole already.
        manifest = pathlib.Path(result.output, "manifest.json").read_bytes()
        again = Job(self.spark, str(data), str(output), **options).run()
        self.assertEqual(again, result)
        self.assertEqual(pathlib.Path(result.output, "manifest.json").read_bytes(), manifest)


if __name__ == "__main__":
    unittest.main()
