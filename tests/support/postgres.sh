#!/usr/bin/env bash
# A PostgreSQL of one's own for tests: everything in one folder, on a free port of the loopback, gone afterwards.
#   postgres.sh start FOLDER [quick|durable]   prints its URL; quick ones never sync, durable ones do
#   postgres.sh stop FOLDER                    stops it and removes the folder
set -euo pipefail
verb=$1
folder=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
bin=${bin:-$(dirname "$(command -v pg_ctl)")}

# PostgreSQL refuses to run as root; Debian's package has made a user for it.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

start() {
    local settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=400
        -c shared_buffers=128MB -c max_parallel_workers_per_gather=0 -c max_wal_size=1GB -c log_min_messages=warning"
    [ "${1:-quick}" = durable ] || settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    settings=$(tr -s '\n ' ' ' <<<"$settings")

    mkdir -p "$folder"
    local password
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077 && printf '%s\n' "$password" >"$folder/password")
    [ "$(id -u)" != 0 ] || chown -R postgres "$folder"
    as_postgres "$bin/initdb" -D "$folder/data" -U ostiary --pwfile="$folder/password" -A scram-sha-256 \
        -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" || { cat "$folder/initdb.log" >&2 && exit 1; }

    local attempt port
    for attempt in 1 2 3 4 5 6 7 8 9 10; do  # another program may take the port before we do
        port=$((20000 + RANDOM % 12000))
        taken $port && continue
        if as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 -o "$settings -p $port" start \
            >/dev/null </dev/null; then
            echo "postgresql://ostiary:$password@127.0.0.1:$port/postgres"
            return
        fi
    done
    echo "PostgreSQL did not start:" >&2
    cat "$folder/log" >&2
    exit 1
}

stop() {
    if [ -f "$folder/data/postmaster.pid" ]; then
        as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null || true
    fi
    rm -rf "$folder"
}

case $verb in
    start) start "${3:-quick}" ;;
    stop) stop ;;
    *) sed -n '2,4s/^# *//p' "$0" && exit 2 ;;
esac
