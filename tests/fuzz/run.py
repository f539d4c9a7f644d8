#!/usr/bin/env python3
"""run.py [--cpu SECONDS] [--jobs N] [--build DIR] [--into DIR] [NAME…]: fuzzes each target (all that are built when
none is named) until it has used that many seconds of processor time, and prints one line a target as JSON: processor
seconds, executions, edges, and the inputs that failed. NAME=X gives all of that to one of a target's readers
(`importers=n`: fuzz_importers.cpp has the letters).

Time is counted as the processor's, not the clock's, so that a busy machine does not shorten a run. What the targets
find goes into DIR/NAME (default build/fuzz/found), where a later run picks it up; tests/fuzz/corpus is only read.
The status is 0 when no target failed.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SLICE = 60  # seconds of the clock a call; short, so that the account stays close to what was asked for


def one_call(program, corpus, found, seconds, only):
    """Runs a target once. Returns (processor seconds, status, its last output)."""
    command = [str(program), f"-max_total_time={seconds}", "-timeout=120", "-rss_limit_mb=2048",
               "-print_final_stats=1", f"-artifact_prefix={found}/failed-", str(found), str(corpus)]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT,
                                   env=os.environ | {"TERN_FUZZ_ONLY": only})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return usage.ru_utime + usage.ru_stime, process.returncode, output.read().decode(errors="replace")


def fuzz(name, build, into, cpu):
    target, _, only = name.partition("=")
    found = into / name
    found.mkdir(parents=True, exist_ok=True)
    result = {"target": name, "cpu_seconds": 0.0, "executions": 0, "edges": 0, "failed": []}
    while result["cpu_seconds"] < cpu:
        used, status, output = one_call(build / f"fuzz_{target}", HERE / "corpus" / target, found, SLICE, only)
        result["cpu_seconds"] = round(result["cpu_seconds"] + used, 1)
        executed = re.findall(r"number_of_executed_units: (\d+)", output)
        edges = re.findall(r" cov: (\d+)", output)
        result["executions"] += int(executed[-1]) if executed else 0
        result["edges"] = max(result["edges"], int(edges[-1]) if edges else 0)
        if status != 0:
            result["failed"] = sorted(path.name for path in found.glob("failed-*"))
            result["output"] = output[-4000:]
            break
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = HERE.parents[1]
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--cpu", type=float, default=600, help="seconds of processor time a target (600)")
    parser.add_argument("--jobs", type=int, default=1, help="targets at a time (1)")
    parser.add_argument("--build", type=pathlib.Path, default=root / "build/fuzz/tests/fuzz")
    parser.add_argument("--into", type=pathlib.Path, default=root / "build/fuzz/found")
    given = parser.parse_args()
    names = given.names or sorted(path.name.removeprefix("fuzz_") for path in given.build.glob("fuzz_*")
                                  if path.is_file() and os.access(path, os.X_OK))
    if not names:
        sys.exit(f"run.py: no target in {given.build}; ninja -C build/fuzz fuzzers")
    clean = True
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        runs = [pool.submit(fuzz, name, given.build, given.into, given.cpu) for name in names]
        for run in concurrent.futures.as_completed(runs):
            result = run.result()
            print(json.dumps(result), flush=True)
            clean = clean and not result["failed"] and "output" not in result
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    main()
