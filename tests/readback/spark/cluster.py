"""Apache Spark on this machine: a standalone master with two workers."""

import contextlib
import os
import pathlib
import subprocess
import sys
import time

import pyspark
from compare import REPOSITORY, free_port
from pyspark.sql import SparkSession

HOME = pathlib.Path(pyspark.__file__).parent


def daemon(folder, name, *arguments):
    """Starts a part of the cluster."""
    variables = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable}
    log = (folder / f"{name}.log").open("wb")
    command = [HOME / "bin" / "spark-class", *arguments]
    return subprocess.Popen(command, env=variables, stdout=log, stderr=log)


def wait_for(path, text):
    end = time.monotonic() + 120
    while text not in path.read_text(errors="replace"):
        if time.monotonic() > end:
            raise AssertionError(path.read_text(errors="replace")[-2000:])
        time.sleep(0.2)


class Standalone(contextlib.ExitStack):
    """A master and two workers with a core each, and a session on them. A worker offers some memory, and an executor takes some."""

    def __init__(self, folder, offered="1g", memory="512m", settings=None):
        super().__init__()
        self.folder, self.offered, self.memory, self.settings = folder, offered, memory, settings or {}

    def __enter__(self):
        with contextlib.ExitStack() as undone:
            undone.push(self)
            self.start()
            undone.pop_all()
        return self

    def start(self):
        port = free_port()
        master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
        self.run("master", *master)
        wait_for(self.folder / "master.log", "I have been elected leader")
        for number in (1, 2):
            worker = ["org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", self.offered]
            worker += ["--webui-port", "0", "--work-dir", str(self.folder / f"work-{number}"), f"spark://127.0.0.1:{port}"]
            self.run(f"worker-{number}", *worker)
        for number in (1, 2):
            wait_for(self.folder / f"worker-{number}.log", "Successfully registered")
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        os.environ["PYSPARK_PYTHON"] = sys.executable
        builder = SparkSession.builder.master(f"spark://127.0.0.1:{port}").appName("rapporteur")
        for key, value in {
            "spark.executor.memory": self.memory,
            "spark.executor.cores": "1",
            "spark.sql.shuffle.partitions": "2",
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.executorEnv.RAPPORTEUR": os.environ["RAPPORTEUR"],
            "spark.executorEnv.PYTHONPATH": str(REPOSITORY / "python"),
            **self.settings,
        }.items():
            builder = builder.config(key, value)
        self.spark = builder.getOrCreate()
        self.callback(self.spark.stop)
        self.spark.sparkContext.setLogLevel("ERROR")

    def run(self, name, *arguments):
        process = daemon(self.folder, name, *arguments)
        # The script becomes the virtual machine.
        self.callback(process.wait)
        self.callback(process.terminate)

    def executors(self):
        """The executors of the cluster, by their processes."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_bytes().decode(errors="replace")
                if "CoarseGrainedExecutorBackend" in command and str(self.folder) in os.readlink(process / "cwd"):
                    found.append(int(process.name))
        return found
