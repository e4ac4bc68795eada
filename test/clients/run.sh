#!/usr/bin/env bash
# Sends real events with OpenLineage's own clients (openlineage-python, dbt with openlineage-dbt) to a running Headwater
# and checks the lineage that comes out. Starts the built standalone server on a free port unless HEADWATER_URL names a
# running one; HEADWATER_TOKEN is then a token for it. Needs python3 with venv, PyPI once (the environment is kept in HEADWATER_CLIENTS_CACHE), and curl.
# Prints "N passed, N failed"; exits 1 on a failure, 2 when the clients or the server cannot be started.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${HEADWATER_CLIENTS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/headwater-clients}
work=$(mktemp -d)
server=

stop() {
  status=$?
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
  fi
  rm -rf "$work"
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
  printf '%s\n' "$1" >&2
  exit 2
}

install_clients() {
  local wanted
  wanted=$(cat "$here"/requirements-*.txt)
  if [ -x "$cache/venv/bin/python" ] && [ "$(cat "$cache/installed.txt" 2>/dev/null)" = "$wanted" ]; then return; fi
  printf 'Installing the clients into %s\n' "$cache"
  mkdir -p "$cache"
  python3 -m venv "$cache/venv" || fail 'python3 -m venv failed: install python3-venv.'
  "$cache/venv/bin/pip" install --quiet --requirement "$here/requirements-client.txt" \
    --requirement "$here/requirements-dbt.txt" || fail 'The clients could not be installed from PyPI.'
  printf '%s\n' "$wanted" >"$cache/installed.txt"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start_server() {
  local port
  [ -f "$root/apps/standalone/dist/main.js" ] || fail 'apps/standalone/dist/main.js is missing: run npm run build.'
  port=$(free_port)
  # The embedded PostgreSQL may run as another user: it must be able to enter its data directory.
  mkdir "$work/data"
  chmod 755 "$work"
  PORT=$port HEADWATER_DATA_DIR=$work/data node "$root/apps/standalone/dist/main.js" >"$work/server.log" 2>&1 &
  server=$!
  HEADWATER_URL=http://127.0.0.1:$port
  for _ in $(seq 1 300); do
    # The token is there once the server answers: it makes it right after it begins to listen.
    if [ -s "$work/data/admin-token" ] && curl --silent --fail --output /dev/null "$HEADWATER_URL/health/ready"; then
      HEADWATER_TOKEN=$(cat "$work/data/admin-token")
      return
    fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 40 "$work/server.log" >&2
  fail 'The server did not become ready.'
}

run_dbt() {
  cp -r "$here/dbt-project" "$work/dbt-project"
  (
    cd "$work/dbt-project" || exit 2
    export PATH="$cache/venv/bin:$PATH"
    export CLAIMS_WAREHOUSE=$work/warehouse.duckdb DBT_PROFILES_DIR=$work/dbt-project DO_NOT_TRACK=1
    export OPENLINEAGE_URL=$HEADWATER_URL OPENLINEAGE_API_KEY=$HEADWATER_TOKEN OPENLINEAGE_NAMESPACE=dbt-clients
    dbt-ol seed && dbt-ol run && dbt-ol test && dbt-ol --consume-structured-logs build
  ) >"$work/dbt.log" 2>&1 || {
    tail -n 40 "$work/dbt.log" >&2
    return 1
  }
}

install_clients
if [ -z "${HEADWATER_URL:-}" ]; then start_server; fi
export HEADWATER_URL
export HEADWATER_TOKEN=${HEADWATER_TOKEN:-}
python=$cache/venv/bin/python
failed=0
"$python" "$here/send_events.py" || failed=1
if run_dbt; then dbt=ran; else dbt=failed; fi
HEADWATER_DBT=$dbt HEADWATER_WAREHOUSE=$work/warehouse.duckdb "$python" "$here/check_lineage.py" || failed=1
exit "$failed"
