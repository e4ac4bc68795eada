"""Asks HEADWATER_URL for the lineage of what the clients sent. Prints one line a check, then "N passed, N failed"."""

import json
import os
import sys
import time
import urllib.request
from urllib.parse import quote

URL = os.environ["HEADWATER_URL"]
HEADERS = {"content-type": "application/json", "authorization": f"Bearer {os.environ['HEADWATER_TOKEN']}"}
STORE = "postgres://clients.insurance.example:5432"
WAREHOUSE = "duckdb://" + os.environ["HEADWATER_WAREHOUSE"]
LINEAGE = """query ($root: ID!, $granularity: LineageGranularity!, $direction: LineageDirection!) {
  lineage(root: $root, granularity: $granularity, direction: $direction, depth: 10) {
    nodes { id } edges { from to kind transformations { masking } } truncated } }"""


def node(kind, *parts):
    """A NodeId: every part percent-encoded, `:` between them."""
    return ":".join([kind, *(quote(part, safe="-_.!~*'()") for part in parts)])


def query(text, **variables):
    body = json.dumps({"query": text, "variables": variables}).encode()
    request = urllib.request.Request(f"{URL}/graphql", data=body, headers=HEADERS)
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = json.load(response)
    if answer.get("errors"):
        raise AssertionError(json.dumps(answer["errors"])[:500])
    return answer["data"]


def lineage(root, granularity="JOB", direction="UPSTREAM"):
    graph = query(LINEAGE, root=root, granularity=granularity, direction=direction)["lineage"]
    assert graph is not None, f"{root} is unknown"
    assert not graph["truncated"], f"the lineage of {root} is truncated"
    return graph


def nodes(graph):
    return {entry["id"] for entry in graph["nodes"]}


def equal(actual, expected):
    assert actual == expected, f"missing {sorted(expected - actual)}, unexpected {sorted(actual - expected)}"


def python_client(mode):
    source, target = node("dataset", STORE, f"{mode}.customers"), node("dataset", STORE, f"{mode}.masked")
    job = node("job", "python-client", mode)
    equal(nodes(lineage(target)), {target, job, source})
    state = query(
        'query ($name: String!) { job(namespace: "python-client", name: $name) { latestRun { state } } }', name=mode
    )
    assert state["job"]["latestRun"]["state"] == "COMPLETED", state


def masking(mode):
    graph = lineage(node("field", STORE, f"{mode}.masked", "email_hash"), granularity="FIELD")
    email = node("field", STORE, f"{mode}.customers", "email")
    edges = [edge for edge in graph["edges"] if edge["from"] == email]
    assert len(edges) == 1, f"{len(edges)} edges come from {email}"
    assert any(step["masking"] for step in edges[0]["transformations"]), "the step does not mask"


def batch():
    for number in range(25):
        python_client(f"batch{number:02}")


def table(name):
    return node("dataset", WAREHOUSE, f"warehouse.main.{name}")


def dbt_ran():
    assert os.environ["HEADWATER_DBT"] == "ran", "dbt-ol failed"


def dbt_tables():
    graph = lineage(table("claims_per_customer"), granularity="DATASET")
    names = ["claims_per_customer", "stg_claims", "stg_customers", "raw_claims", "raw_customers"]
    equal(nodes(graph), {table(name) for name in names})


def dbt_one_job_a_model():
    producers = query(
        """query ($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
        producers(first: 10) { edges { node { id runs(first: 10) { edges { node { state } } } } } } } }""",
        namespace=WAREHOUSE,
        name="warehouse.main.stg_claims",
    )["dataset"]["producers"]["edges"]
    assert len(producers) == 1, f"{len(producers)} jobs write stg_claims: {[edge['node']['id'] for edge in producers]}"
    states = [edge["node"]["state"] for edge in producers[0]["node"]["runs"]["edges"]]
    assert states == ["COMPLETED", "COMPLETED"], states


def dbt_test_reads():
    graph = lineage(table("stg_claims"), granularity="DATASET", direction="UPSTREAM")
    equal(nodes(graph), {table("stg_claims"), table("raw_claims")})


def dbt_fields():
    graph = lineage(node("field", WAREHOUSE, "warehouse.main.claims_per_customer", "total_amount"), granularity="FIELD")
    chain = [("claims_per_customer", "total_amount"), ("stg_claims", "amount"), ("raw_claims", "amount")]
    equal(nodes(graph), {node("field", WAREHOUSE, f"warehouse.main.{name}", field) for name, field in chain})


CHECKS = [
    ("the Python client's events give the job between its datasets", lambda: python_client("plain")),
    ("so do its gzip events", lambda: python_client("gzip")),
    ("so do its asynchronous events", lambda: python_client("async")),
    ("so do events by OPENLINEAGE_URL and OPENLINEAGE_API_KEY", lambda: python_client("environment")),
    ("so does a batch of 50", batch),
    ("a masking step shows on the field edge", lambda: masking("plain")),
    ("dbt-ol seed, run, test and build succeed", dbt_ran),
    ("dbt's mart leads back to its seeds, also where only column lineage names them", dbt_tables),
    ("a model that dbt names in two ways is one job with two runs", dbt_one_job_a_model),
    ("a test of a model is not upstream of it", dbt_test_reads),
    ("a column of the mart leads back to the seed's column", dbt_fields),
]


def settled(check, seconds=20):
    """Runs the check until it passes or the time is over: the projection follows within moments."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return check()
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.25)


def main():
    failed = 0
    for title, check in CHECKS:
        try:
            settled(check)
            print(f"ok   {title}")
        except Exception as error:
            failed += 1
            print(f"FAIL {title}\n     {error}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
