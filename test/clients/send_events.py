"""Sends events to HEADWATER_URL with the official Python client: plain, gzip, asynchronous, and by environment;
and a batch of 50. HEADWATER_TOKEN is its API key."""

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
from openlineage.client.transport.http import HttpCompression, HttpConfig, HttpTransport, create_token_provider
from openlineage.client.uuid import generate_new_uuid

URL = os.environ["HEADWATER_URL"]
TOKEN = os.environ["HEADWATER_TOKEN"]
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
        headers={"content-type": "application/json", "authorization": f"Bearer {TOKEN}"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = json.load(response)
        if response.status != 200 or answer["status"] != "success" or answer["summary"]["successful"] != 50:
            raise SystemExit(f"the batch was answered {response.status}: {answer}")


def api_key():
    return create_token_provider({"type": "api_key", "apiKey": TOKEN})


def send_by_environment():
    """Both settings as the guide has them; the client reads them itself."""
    os.environ.update(OPENLINEAGE_URL=URL, OPENLINEAGE_API_KEY=TOKEN)
    client = OpenLineageClient()
    for event in run_of("environment"):
        client.emit(event)
    client.close(timeout=20)


def be_refused():
    """Without a key, and with a wrong one, the client is told so."""
    for auth in (create_token_provider({}), create_token_provider({"type": "api_key", "apiKey": "hw_wrong"})):
        client = OpenLineageClient(transport=HttpTransport(HttpConfig(url=URL, auth=auth)))
        try:
            client.emit(next(run_of("refused")))
        except Exception as error:
            if getattr(getattr(error, "response", None), "status_code", None) == 401:
                continue
            raise
        raise SystemExit("an event without a good key was accepted")


def main():
    be_refused()
    send("plain", HttpTransport(HttpConfig(url=URL, auth=api_key())))
    send("gzip", HttpTransport(HttpConfig(url=URL, auth=api_key(), compression=HttpCompression.GZIP)))
    asynchronous = AsyncHttpTransport(AsyncHttpConfig(url=URL, auth=api_key()))
    send("async", asynchronous)
    failed = asynchronous.get_stats()["failed"]
    if failed:
        raise SystemExit(f"{failed} asynchronous events were lost")
    send_by_environment()
    send_batch()
    print("sent 58 events with openlineage-python")


if __name__ == "__main__":
    sys.exit(main())
