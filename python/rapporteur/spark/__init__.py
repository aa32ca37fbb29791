"""A data set on an engine that speaks Spark: for what does not fit one machine.

    job = rapporteur.spark.Job(spark, "s3://lake/reports", "s3://lake/graph", formats=["ntriples"])
    result = job.run()

The rules are those of the program, which every worker runs; findings, lines and tables are those of one process, whatever
the number of shards. Needs pyspark or pyspark-client, and pyarrow.
"""

from ._job import Job, Plan, Refused, Result
from ._tables import write_tables

__all__ = ["Job", "Plan", "Refused", "Result", "write_tables"]
