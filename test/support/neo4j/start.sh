#!/usr/bin/env bash
# Starts a Neo4j Community server for tests on a free port of 127.0.0.1 and returns when Bolt answers.
#
#   ./start.sh NAME        prints NEO4J_URI=, NEO4J_PID= and NEO4J_HOME=; again for a running NAME: the same values
#   ./start.sh --download  only fills the jar cache
#
# Needs Java 17 or 21, Maven, flock and Linux's /proc. Settings, all optional:
#   HEADWATER_NEO4J_CACHE   where jars and records of running servers live (default: XDG cache/headwater-neo4j)
#   HEADWATER_NEO4J_OWNER   a process id; the server stops by itself when that process is gone
#   HEADWATER_NEO4J_PORT    a fixed port
#   HEADWATER_NEO4J_DATA    a folder to keep (default: a new temporary one, removed by stop.sh)
#   HEADWATER_NEO4J_HEAP    512m
#   HEADWATER_NEO4J_JIT     fast (quick start) or full (for measurements)
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cache=${HEADWATER_NEO4J_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/headwater-neo4j}
name=${1:?a name for the server, or --download}
start_timeout_s=180

say() { printf 'neo4j: %s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

mkdir -p "$cache/run"
jars=$cache/jars-$(sha256sum "$here/pom.xml" | cut -c1-16)
if [ ! -d "$jars" ]; then
  exec 8>"$cache/download.lock"
  flock 8
  if [ ! -d "$jars" ]; then
    say "fetching the server (about 120 MB, once) into $jars"
    rm -rf "$jars.part"
    mvn -B -q -ntp -f "$here/pom.xml" dependency:copy-dependencies \
      -DincludeScope=runtime "-DoutputDirectory=$jars.part" >&2 8>&-
    mv "$jars.part" "$jars"
  fi
  exec 8>&-
fi
[ "$name" != --download ] || exit 0
case $name in *[!A-Za-z0-9_-]* | -*) die "a server's name has letters, digits, _ and - only: $name" ;; esac

exec 9>"$cache/run/$name.lock"
flock 9
record=$cache/run/$name.env

value() { sed -n "s/^$1=//p" "$record"; }
is_ours() { grep -zqxF -- "--home-dir=$2" "/proc/$1/cmdline" 2>/dev/null; }
is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# Below the range from which the kernel hands out ports to outgoing connections.
free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)) && is_taken "$port"; do :; done
  echo "$port"
}
# The server's own word, and a Bolt handshake that gets a version back: a taken port alone proves nothing.
is_ready() {
  local reply
  grep -qs 'INFO  Started\.' "$home/logs/neo4j.log" || return 1
  reply=$({ exec 3<>"/dev/tcp/127.0.0.1/$1" &&
    printf '\x60\x60\xb0\x17\x00\x04\x04\x05\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00' >&3 &&
    timeout 2 head -c 4 <&3 | od -An -tx1 | tr -d ' \n'; } 2>/dev/null) || return 1
  [ "${#reply}" = 8 ] && [ "$reply" != 00000000 ]
}

if [ -f "$record" ]; then
  if is_ours "$(value NEO4J_PID)" "$(value NEO4J_HOME)"; then
    cat "$record"
    exit 0
  fi
  [ "$(value NEO4J_KEEP)" = 1 ] || rm -rf "$(value NEO4J_HOME)"
  rm -f "$record"
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
keep=0
if [ -n "${HEADWATER_NEO4J_DATA:-}" ]; then
  keep=1
  mkdir -p "$HEADWATER_NEO4J_DATA"
  home=$(cd -- "$HEADWATER_NEO4J_DATA" && pwd)
else
  home=$(mktemp -d -t headwater-neo4j.XXXXXXXX)
fi
mkdir -p "$home"/{conf,data,logs,plugins,import,run}

jvm=(-XX:+UseSerialGC -Xms64m "-Xmx${HEADWATER_NEO4J_HEAP:-512m}" -Dfile.encoding=UTF-8 -Dlog4j2.disable.jmx=true)
[ "${HEADWATER_NEO4J_JIT:-fast}" = full ] || jvm+=(-XX:TieredStopAtLevel=1)
for package in java.nio java.io sun.nio.ch java.util.concurrent; do
  jvm+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

launch() {
  cat >"$home/conf/neo4j.conf" <<CONF
server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:$1
server.bolt.advertised_address=127.0.0.1:$1
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=keep_none
# Without it a stop waits 10 s in Netty.
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
CONF
  rm -f "$home/console.log" "$home"/logs/*.log
  nohup "$java" "${jvm[@]}" -cp "$jars/*" org.neo4j.server.CommunityEntryPoint \
    "--home-dir=$home" "--config-dir=$home/conf" </dev/null >>"$home/console.log" 2>&1 9>&- &
  pid=$!
}
give_up() {
  say "$1"
  tail -n 20 "$home/console.log" "$home/logs/neo4j.log" >&2 2>/dev/null || true
  kill -9 "$pid" 2>/dev/null || true
  [ "$keep" = 1 ] || rm -rf "$home"
  exit 1
}

for attempt in 1 2 3; do
  port=${HEADWATER_NEO4J_PORT:-$(free_port)}
  launch "$port"
  trap 'give_up interrupted' INT TERM
  deadline=$((SECONDS + start_timeout_s))
  until is_ready "$port"; do
    kill -0 "$pid" 2>/dev/null || break
    [ "$SECONDS" -lt "$deadline" ] || give_up "no answer on port $port after $start_timeout_s s"
    sleep 0.2
  done
  kill -0 "$pid" 2>/dev/null && break
  # Only a port that somebody else took in the meantime is worth another attempt.
  grep -qs 'Address already in use' "$home/console.log" "$home"/logs/*.log && [ "$attempt" -lt 3 ] ||
    give_up 'the server ended while starting'
done
trap - INT TERM

printf '%s\n' "NEO4J_URI=bolt://127.0.0.1:$port" "NEO4J_PID=$pid" "NEO4J_HOME=$home" "NEO4J_KEEP=$keep" >"$record.part"
mv "$record.part" "$record"

if [ -n "${HEADWATER_NEO4J_OWNER:-}" ]; then
  # A test run that is killed cannot stop its server, so the server's guard watches the run.
  nohup bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; exec "$2" "$3"' guard \
    "$HEADWATER_NEO4J_OWNER" "$here/stop.sh" "$name" </dev/null >/dev/null 2>&1 9>&- &
fi
cat "$record"
