#!/usr/bin/env python3
"""Runs a chain of stages over records on a Spark cluster, in order and without loss:

    spark-submit scripts/spark/annotate.py --chain 'segment | entities | quotes' 'hdfs:///news/*.jsonl' hdfs:///annotated

Each partition (a file, or a block of one) is piped through the chain in a shell, with `RDD.pipe`. Each record
comes out, in its place; at the end the counts are compared. Lines that are not records go to OUTPUT-rejects. A task that Spark runs again
writes what it wrote before: the tools are deterministic, and Spark keeps the output of one attempt only.

The tools must be in the PATH of the workers (`--bin FOLDER` for another place). Use `quotes --jobs 1` and so on where
a node runs one task on each core. Spark reads invalid UTF-8 as U+FFFD, as the tools do with `--lossy`.
"""
import argparse
import json
import shlex

# Lines end with LF alone. Hadoop would also take a lone CR for an end, which JSON allows between its tokens.
LINES = {"textinputformat.record.delimiter": "\n"}


def files_of(context, path):
    """The files that a path or a pattern names, in the order of their names; a folder gives the files in it, without hidden ones."""
    path = context._jvm.org.apache.hadoop.fs.Path(path)
    system = path.getFileSystem(context._jsc.hadoopConfiguration())
    found = []
    for status in system.globStatus(path) or []:
        below = system.listStatus(status.getPath()) if status.isDirectory() else [status]
        found += [s.getPath().toString() for s in below if s.isFile()]
    return sorted(name for name in found if not name.rsplit("/", 1)[1].startswith((".", "_")))


def lines_of(context, path):
    """The lines of text files, in their order."""
    files = files_of(context, path)
    if not files:
        return context.emptyRDD()
    read = context.newAPIHadoopFile(",".join(files), "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
                                    "org.apache.hadoop.io.LongWritable", "org.apache.hadoop.io.Text", conf=LINES)
    return read.values().filter(lambda line: line.strip(" \t\r"))


def is_record(line):
    """Whether a line holds a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except RecursionError:  # nested too deeply for Python, but not for the tools
        return line.lstrip().startswith("{")
    except ValueError:
        return False


def annotate(records, chain, tools=None):
    """An RDD of records through a chain of stages.

    The task fails where any stage fails, not only the last one: to the next stage, the output of a killed one would look
    complete. Exit code 1 is no failure: a stage could not use some records, which go on with their `errors`.
    """
    path = f"export PATH={shlex.quote(tools)}:$PATH\n" if tools else ""
    script = f'{path}{chain}\nfor code in "${{PIPESTATUS[@]}}"; do [ $code -le 1 ] || exit $code; done'
    return records.pipe("bash -c " + shlex.quote(script), checkCode=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chain", default="segment | entities | quotes | summarize")
    parser.add_argument("--bin", help="the folder of the tools on the workers")
    parser.add_argument("input")
    parser.add_argument("output", help="a folder that is not there yet")
    arguments = parser.parse_args()

    try:
        from pyspark.sql import SparkSession
    except ImportError:
        parser.error("pyspark is not installed; run this with spark-submit, or `python3 -m pip install pyspark`")
    context = SparkSession.builder.appName("newstext").getOrCreate().sparkContext
    lines = lines_of(context, arguments.input)
    records = lines.filter(is_record)
    annotate(records, arguments.chain, arguments.bin).saveAsTextFile(arguments.output)
    rejects = lines.filter(lambda line: not is_record(line))
    rejected = rejects.count()
    if rejected:
        rejects.saveAsTextFile(arguments.output.rstrip("/") + "-rejects")
    went_in, came_out = records.count(), lines_of(context, arguments.output).count()
    print(f"{went_in} records in, {came_out} out, {rejected} lines rejected")
    if went_in != came_out:
        raise SystemExit(f"newstext: {went_in - came_out} records are missing in {arguments.output}")


if __name__ == "__main__":
    main()
