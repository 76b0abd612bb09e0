# Sourced by what builds the programs, after programs.sh.

# Starts the new server for a moment, talks with it, and keeps what the JVMs of both sides learned. Only speed is lost where
# it fails: the programs run without.
train() {
    local made=$1 scratch url= line server path variable plain=(env)
    # The operator's settings are not for this run.
    for variable in "${!PARLEY_@}"; do plain+=(-u "$variable"); done
    scratch=$(mktemp -d)
    mkfifo "$scratch/out"
    java_command "$made" server -XX:AOTCacheOutput="$made/server.aot"
    "${plain[@]}" timeout --signal=KILL 300 "${command[@]}" \
        --host 127.0.0.1 --port 0 --data "$scratch/data" >"$scratch/out" &
    server=$!
    exec 7<"$scratch/out"
    while IFS= read -r -u 7 line; do
        [[ $line =~ http://[a-z0-9.]+:[0-9]+ ]] && url=${BASH_REMATCH[0]} && break
    done
    cat <&7 >/dev/null &
    exec 7<&-
    if [[ -n $url ]]; then
        for path in / /healthz /readyz /messages /api/v1/rooms; do request "$url" "GET $path"; done
        request "$url" "POST /messages" '{"text":"hello"}'
        java_command "$made" terminal -XX:AOTCacheOutput="$made/terminal.aot"
        echo hello | "${plain[@]}" timeout --signal=KILL 300 "${command[@]}" join lobby --name trainer --server "$url" || true
        kill -TERM "$server"
    fi
    wait "$server" || true
    rm -rf "$scratch"
    # What is left of a failed training is no cache.
    rm -f "$made"/*.aot.config
    find "$made" -maxdepth 1 -name '*.aot' -empty -delete
}

# One HTTP request, by bash alone: curl may be missing.
request() {
    local address=${1#http://} body=${3:-}
    exec 8<>"/dev/tcp/${address%:*}/${address#*:}" || return 0
    printf '%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
        "$2" "$address" "${#body}" "$body" >&8
    timeout 5 cat <&8 || true
    exec 8>&-
}
