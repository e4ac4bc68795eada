#!/usr/bin/env bash
# Fuzzes a running Headwater by its own OpenAPI description with schemathesis: starts the built standalone server on a
# free port with authentication on, makes a token, and sends what the description allows and what it forbids. No answer
# may be a 5xx, take longer than 5 s, or differ from the description; the server must have logged no error and must
# answer after. Needs python3 with venv, PyPI once (the environment is kept in HEADWATER_FUZZ_CACHE), and curl.
# FUZZ_SEED and FUZZ_EXAMPLES (for each operation) change the run. Prints "N passed, N failed"; exits 1 on a failure, 2
# when it cannot be started.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${HEADWATER_FUZZ_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/headwater-fuzz}
seed=${FUZZ_SEED:-20261125}
examples=${FUZZ_EXAMPLES:-60}
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

install_schemathesis() {
  local wanted
  wanted=$(cat "$here/requirements.txt")
  if [ -x "$cache/venv/bin/schemathesis" ] && [ "$(cat "$cache/installed.txt" 2>/dev/null)" = "$wanted" ]; then return; fi
  printf 'Installing schemathesis into %s\n' "$cache"
  mkdir -p "$cache"
  python3 -m venv "$cache/venv" || fail 'python3 -m venv failed: install python3-venv.'
  "$cache/venv/bin/pip" install --quiet --requirement "$here/requirements.txt" ||
    fail 'schemathesis could not be installed from PyPI.'
  printf '%s\n' "$wanted" >"$cache/installed.txt"
}

start_server() {
  local port
  [ -f "$root/apps/standalone/dist/main.js" ] || fail 'apps/standalone/dist/main.js is missing: run npm run build.'
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  # The embedded PostgreSQL may run as another user: it must be able to enter its data directory.
  mkdir "$work/data"
  chmod 755 "$work"
  export HEADWATER_DATA_DIR=$work/data HEADWATER_AUTH=on
  PORT=$port HEADWATER_REQUESTS_PER_MINUTE=0 HEADWATER_FAILURES_PER_MINUTE=0 \
    node "$root/apps/standalone/dist/main.js" >"$work/server.log" 2>"$work/server.err" &
  server=$!
  url=http://127.0.0.1:$port
  for _ in $(seq 1 300); do
    if curl --silent --fail --output /dev/null "$url/health/ready"; then return; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 40 "$work/server.log" "$work/server.err" >&2
  fail 'The server did not become ready.'
}

passed=0
failed=0
# check <what> <command...>: one check of the count.
check() {
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$what"
  fi
}

fuzz() {
  # It keeps what it learned in the working directory.
  cd "$work" || return 1
  "$cache/venv/bin/schemathesis" run "$url/openapi.json" --url "$url" \
    --header "Authorization: Bearer $token" --phases examples,coverage,fuzzing \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
    --max-response-time 5 --max-examples "$examples" --seed "$seed" --request-timeout 10 --workers 1 \
    --generation-database none --no-color --suppress-health-check all
}
logged_no_error() { ! grep -E '"level":"(error|fatal)"' "$work/server.log"; }
wrote_nothing() { ! grep . "$work/server.err"; }
answers() {
  curl --silent --fail --max-time 5 --header "Authorization: Bearer $token" --header 'Content-Type: application/json' \
    --data '{"query":"{ status { logId } }"}' "$url/graphql" | grep --quiet '"logId"'
}

install_schemathesis
start_server
token=$(node "$here/make-token.mjs") || fail 'No token could be made.'
check 'every answer is as described' fuzz
check 'no error was logged' logged_no_error
check 'nothing was written to stderr' wrote_nothing
check 'it still answers' answers
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
