# Sourced by bin/parley and others, after java.sh. Builds the programs into $root/target/run/current:
#   server/  client/                the jars; the one named after the program names the others
#   server.aot  client.aot          what the JVM learned from a short run, so that the next start is quick; may be missing
#   build-started                   its time says which sources the build has seen
# Every build gets a new folder, so that a program that runs keeps its jars.

run=$root/target/run

# The jar that starts a program of a build.
jar_of() {
    printf '%s/%s/parley-%s-%s.jar' "$1" "$2" "$2" "$version"
}

# One set of flags for training and running: an AOT cache is only taken by the JVM that runs with the flags it was made with.
common_flags=(-XX:+UseCompactObjectHeaders -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
server_flags=("${common_flags[@]}" -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError)
client_flags=("${common_flags[@]}" -XX:TieredStopAtLevel=1 -Xmx256m)

# Succeeds if what is built is what the sources say. Folders count too, so a removed file is noticed.
is_built() {
    local stamp=$run/current/build-started
    [[ -f $stamp ]] || return 1
    [[ -z $(find "$root"/{wire,server,client}/{src/main,pom.xml} "$root/pom.xml" "$root/bin/lib" \
        -newer "$stamp" -print -quit 2>/dev/null) ]]
}

# Builds what is missing or old. Others that start meanwhile wait for this build instead of making their own.
build() {
    is_built && return 0
    mkdir -p "$run"
    (
        exec 9>"$run/lock"
        flock 9
        is_built || build_locked
    ) || exit 1
}

build_locked() {
    local made log=$run/build.log
    require_maven
    if [[ -e $run/current ]]; then echo "Building Parley (its sources have changed)…" >&2; else echo "Building Parley (first run)…" >&2; fi
    made=$(mktemp -d "$run/build.XXXXXX")
    chmod 755 "$made"
    touch "$made/build-started"
    if ! maven -q -f "$root/pom.xml" -pl server,client -am -DskipTests package >"$log" 2>&1 9>&-; then
        rm -rf "$made"
        cat "$log" >&2
        fail "The build failed; what Maven said is above and in $log."
    fi
    local program
    for program in server client; do
        mkdir "$made/$program"
        cp "$root/$program/target/libraries"/*.jar "$root/$program/target/parley-$program-$version.jar" "$made/$program/"
    done
    train "$made" >"$run/training.log" 2>&1 9>&- || true
    # One rename puts the new build in place of the old.
    ln -s "$(basename "$made")" "$run/next.$$"
    local previous=
    [[ -L $run/current ]] && previous=$(readlink "$run/current")
    mv -T "$run/next.$$" "$run/current"
    local old
    for old in "$run"/build.*/; do
        old=$(basename "$old")
        [[ $old == "$(basename "$made")" || $old == "$previous" ]] || rm -rf "${run:?}/$old"
    done
}

# Starts the new server for a moment, talks with it, and keeps what the JVMs of both sides learned. Only speed is lost where
# it fails: the programs run without.
train() {
    local made=$1 scratch url= line server path
    scratch=$(mktemp -d)
    mkfifo "$scratch/out"
    env -u PARLEY_DATABASE "$JAVA_HOME/bin/java" "${server_flags[@]}" -XX:AOTCacheOutput="$made/server.aot" -jar "$(jar_of "$made" server)" \
        --host 127.0.0.1 --port 0 --data "$scratch/data" >"$scratch/out" &
    server=$!
    # Gives up on a server that does not come up or does not go.
    (sleep 60; kill -KILL "$server") 2>/dev/null &
    local watchdog=$!
    exec 7<"$scratch/out"
    while IFS= read -r -u 7 line; do
        [[ $line =~ http://[a-z0-9.]+:[0-9]+ ]] && url=${BASH_REMATCH[0]} && break
    done
    cat <&7 >/dev/null &
    exec 7<&-
    if [[ -n $url ]]; then
        for path in / /healthz /readyz /messages /api/v1/rooms; do request "$url" "GET $path"; done
        request "$url" "POST /messages" '{"text":"hello"}'
        echo hello | PARLEY_SERVER=$url "$JAVA_HOME/bin/java" "${client_flags[@]}" -XX:AOTCacheOutput="$made/client.aot" \
            -jar "$(jar_of "$made" client)" join lobby --name trainer --server "$url" || true
        kill -TERM "$server"
    fi
    wait "$server" || true
    kill "$watchdog" 2>/dev/null || true
    rm -rf "$scratch"
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
