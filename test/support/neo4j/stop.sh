#!/usr/bin/env bash
# Stops the server that start.sh started under NAME, by its process id, and removes its temporary data.
# Does nothing when none runs.     ./stop.sh NAME
set -euo pipefail

cache=${HEADWATER_NEO4J_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/headwater-neo4j}
name=${1:?the name given to start.sh}
record=$cache/run/$name.env
[ -f "$record" ] || exit 0

exec 9>"$cache/run/$name.lock"
flock 9
[ -f "$record" ] || exit 0
value() { sed -n "s/^$1=//p" "$record"; }
pid=$(value NEO4J_PID)
home=$(value NEO4J_HOME)
# The process id may have passed to another program since.
is_ours() { kill -0 "$pid" 2>/dev/null && grep -zqxF -- "--home-dir=$home" "/proc/$pid/cmdline" 2>/dev/null; }

if is_ours; then
  kill "$pid"
  for _ in $(seq 1 150); do
    is_ours || break
    sleep 0.1
  done
  if is_ours; then kill -9 "$pid"; fi
fi
[ "$(value NEO4J_KEEP)" = 1 ] || rm -rf "$home"
rm -f "$record" "$cache/run/$name.lock"
