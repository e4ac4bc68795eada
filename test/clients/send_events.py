"""Sends events to HEADWATER_URL with the official Python client: plain, gzip, asynchronous; and a batch of 50."""

import json
import os
import sys
import urllib.request
from datetime import datetime, timedelta, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import column_lineage_dataset, schema_dataset
from openlineage.client.serde import Serde
from openlineage.client.transport.async_http import AsyncHttpConfig, AsyncHttpTransport
from openlineage.client.transport.http import HttpCompression, HttpConfig, HttpTransport
from openlineage.client.uuid import generate_new_uuid

URL = os.environ["HEADWATER_URL"]
PRODUCER = "https://insurance.example/clients/1.0.0"
NAMESPACE = "python-client"
STORE = "postgres://clients.insurance.example:5432"
START = datetime.now(timezone.utc) - timedelta(hours=1)


def fields(*names):
    return schema_dataset.SchemaDatasetFacet(
        fields=[schema_dataset.SchemaDatasetFacetFields(name=name, type="VARCHAR") for name in names]
    )


def masked_email(source):
    step = column_lineage_dataset.Transformation(type="DIRECT", subtype="TRANSFORMATION", description="hash", masking=True)
    field = column_lineage_dataset.InputField(namespace=STORE, name=source, field="email", transformations=[step])
    return column_lineage_dataset.ColumnLineageDatasetFacet(
        fields={"email_hash": column_lineage_dataset.Fields(inputFields=[field])}
    )


def run_of(mode):
    """START and COMPLETE of job `mode`, which reads `<mode>.customers` and writes `<mode>.masked`."""
    run = Run(runId=str(generate_new_uuid()))
    job = Job(namespace=NAMESPACE, name=mode)
    source, target = f"{mode}.customers", f"{mode}.masked"
    inputs = [InputDataset(namespace=STORE, name=source, facets={"schema": fields("id", "email")})]
    outputs = [
        OutputDataset(
            namespace=STORE,
            name=target,
            facets={"schema": fields("id", "email_hash"), "columnLineage": masked_email(source)},
        )
    ]
    for state, minute in ((RunState.START, 0), (RunState.COMPLETE, 5)):
        yield RunEvent(
            eventType=state,
            eventTime=(START + timedelta(minutes=minute)).isoformat(),
            run=run,
            job=job,
            producer=PRODUCER,
            inputs=inputs,
            outputs=outputs,
        )


def send(mode, transport):
    client = OpenLineageClient(transport=transport)
    for event in run_of(mode):
        client.emit(event)
    client.close(timeout=20)


def send_batch():
    events = [json.loads(Serde.to_json(event)) for number in range(25) for event in run_of(f"batch{number:02}")]
    request = urllib.request.Request(
        f"{URL}/api/v1/lineage/batch",
        data=json.dumps(events).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = json.load(response)
        if response.status != 200 or answer["status"] != "success" or answer["summary"]["successful"] != 50:
            raise SystemExit(f"the batch was answered {response.status}: {answer}")


def main():
    send("plain", HttpTransport(HttpConfig(url=URL)))
    send("gzip", HttpTransport(HttpConfig(url=URL, compression=HttpCompression.GZIP)))
    asynchronous = AsyncHttpTransport(AsyncHttpConfig(url=URL))
    send("async", asynchronous)
    failed = asynchronous.get_stats()["failed"]
    if failed:
        raise SystemExit(f"{failed} asynchronous events were lost")
    send_batch()
    print("sent 56 events with openlineage-python")


if __name__ == "__main__":
    sys.exit(main())
