# Sourced by bin/parley and others, after java.sh. Builds the programs into $root/target/run/current:
#   server/  terminal/               the jars; the one named after the program names the others
#   native/                         native code out of the jars, which would else be unpacked anew at every start
#   server.aot  terminal.aot         what the JVM learned from a short run, so that the next start is quick; may be missing
#   build-started                   its time says which sources the build has seen
# Every build gets a new folder, so that a program that runs keeps its jars.

run=$root/target/run

# Sets $command to what starts a program of a build; further JVM options may follow. Training and running share it, because
# an AOT cache is only taken by a JVM that has the flags it was made with.
java_command() {
    local made=$1 program=$2
    command=("$JAVA_HOME/bin/java" -XX:+UseCompactObjectHeaders -XX:+UseSerialGC
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
    case $program in
        server)
            command+=(-Xms48m -Xmn32m -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError)
            [[ -d $made/native ]] && command+=(-Djava.library.path="$made/native" -Dorg.sqlite.lib.path="$made/native")
            ;;
        terminal) command+=(-XX:TieredStopAtLevel=1 -Xmx256m) ;;
    esac
    command+=("${@:3}" -jar "$made/$program/parley-$program-$version.jar")
}

# Succeeds if what is built is what the sources say. Folders count too, so a removed file is noticed.
is_built() {
    local stamp=$run/current/build-started
    [[ -f $stamp ]] || return 1
    [[ -z $(find "$root"/{wire,server,client,terminal}/{src/main,pom.xml} "$root/pom.xml" "$root/bin/lib" \
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
    rm -rf "$root"/{server,terminal}/target/libraries
    if ! maven -q -f "$root/pom.xml" -pl server,terminal -am -DskipTests package >"$log" 2>&1 9>&-; then
        rm -rf "$made"
        cat "$log" >&2
        fail "The build failed; what Maven said is above and in $log."
    fi
    local program
    for program in server terminal; do
        mkdir "$made/$program"
        cp "$root/$program/target/libraries"/*.jar "$root/$program/target/parley-$program-$version.jar" "$made/$program/"
    done
    native_code "$made"
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

native_code() {
    local made=$1 machine sqlite epoll
    case $(uname -m) in
        x86_64) machine=x86_64 ;;
        aarch64) machine=aarch_64 ;;
        *) return 0 ;;
    esac
    sqlite=$(echo "$made"/server/sqlite-jdbc-*.jar)
    epoll=$(echo "$made"/server/netty-transport-native-epoll-*-linux-$machine.jar)
    mkdir "$made/native"
    (
        cd "$made/native"
        "$JAVA_HOME/bin/jar" xf "$sqlite" "org/sqlite/native/Linux/${machine/aarch_64/aarch64}/libsqlitejdbc.so"
        "$JAVA_HOME/bin/jar" xf "$epoll" META-INF/native
        find . -name '*.so' -exec mv {} . \;
        rm -rf org META-INF
    )
}

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
