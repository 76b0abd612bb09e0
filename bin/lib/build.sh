# Sourced by bin/parley and others, after java.sh. Builds the programs below $root/target/run, each build in a new folder:
#   parley  lib/  version           what starts its programs
#   server/  terminal/              the jars; the one named after the program names the others
#   native/                         native code out of the jars, which would else be unpacked anew at every start
#   server.aot  terminal.aot        what the JVM learned from a short run, so that the next start is quick; may be missing
#   notices.txt  sbom/              what of others is in it
#   build-started                   its time says which sources the build has seen
# The link 'current' leads to what is started; one rename switches it. 'previous' leads to the build before, for the way back.

source "$root/bin/lib/programs.sh"
source "$root/bin/lib/training.sh"

run=$root/target/run

# Succeeds if no source was changed since the file was touched. Folders count too, so a removed file is noticed.
unchanged_since() {
    [[ -f $1 ]] || return 1
    [[ -z $(find "$root"/{wire,server,client,terminal}/{src/main,pom.xml} "$root/pom.xml" "$root/bin/lib" \
        -newer "$1" -print -quit 2>/dev/null) ]]
}

# Succeeds if the build in that folder is what the sources say.
is_built() {
    [[ -x $run/$1/parley ]] && unchanged_since "$run/$1/build-started"
}

# Makes sure that something is built that may be started. Who went back to an older build stays there until a source changes.
prepare() {
    if is_built current || { [[ -x $run/current/parley ]] && unchanged_since "$run/went-back"; }; then return 0; fi
    if may_build; then
        build
    elif [[ -x $run/current/parley ]]; then
        echo "parley: The sources are newer than what starts now; '$root/bin/parley build' builds them." >&2
    else
        fail "Nothing is built that could be started here; run '$root/bin/parley build' as somebody who may write there."
    fi
}

# A service starts what is there: it could not write, should not wait, and is not where a failed build is seen.
may_build() {
    [[ ${PARLEY_BUILD:-} != never && ${SYSTEMD_EXEC_PID:-} != "$$" ]] && writable
}

writable() {
    (umask 022 && mkdir -p "$run") 2>/dev/null && [[ -w $run ]]
}

# Builds what is missing or old. Others that start meanwhile wait for this build instead of making their own.
build() {
    locked build_if_needed
}

build_if_needed() {
    is_built current && return 0
    if is_built previous; then swap; else build_locked; fi
    rm -f "$run/went-back"
}

# Switches to the build before.
go_back() {
    [[ -x $run/previous/parley ]] || fail "There is no earlier build to go back to."
    locked swap
    touch "$run/went-back"
}

swap() {
    local current previous
    current=$(readlink "$run/current") previous=$(readlink "$run/previous")
    point current "$previous"
    point previous "$current"
}

locked() {
    writable || fail "The folder $run cannot be written; run this as its owner."
    command -v flock >/dev/null || fail "Parley is built with the command flock, which is not installed; install it (on Debian: apt-get install util-linux)."
    (
        # Whoever builds, others start it.
        umask 022
        exec 9>"$run/lock"
        flock 9
        "$@"
    ) || exit 1
}

# Lets a link lead to a build's folder, by one rename: there is no moment without it.
point() {
    ln -s "$2" "$run/next.$$"
    mv -T "$run/next.$$" "$run/$1"
}

build_locked() {
    local made log=$run/build.log program
    require_maven
    if [[ -e $run/current ]]; then echo "Building Parley (its sources have changed)…" >&2; else echo "Building Parley (first run)…" >&2; fi
    made=$(mktemp -d "$run/build.XXXXXX")
    chmod 755 "$made"
    touch "$made/build-started"
    rm -rf "$root"/{server,terminal}/target/libraries
    if ! maven -q -f "$root/pom.xml" -P contents -pl server,terminal -am -DskipTests package >"$log" 2>&1 9>&-; then
        rm -rf "$made"
        cat "$log" >&2
        fail "The build failed; what Maven said is above and in $log. What was built before is still there."
    fi
    for program in server terminal; do
        mkdir "$made/$program"
        cp "$root/$program/target/libraries"/*.jar "$root/$program/target/parley-$program-$version.jar" "$made/$program/"
    done
    echo "$version" >"$made/version"
    mkdir "$made/lib"
    cp "$root"/bin/lib/{java,programs}.sh "$made/lib/"
    cp "$root/bin/lib/launch" "$made/parley"
    chmod -R a+rX "$made"
    contents "$made"
    native_code "$made"
    train "$made" >"$run/training.log" 2>&1 9>&- || true
    local previous=
    [[ ! -x $run/current/parley ]] || previous=$(readlink "$run/current")
    point current "$(basename "$made")"
    [[ -z $previous ]] || point previous "$previous"
    remove_old
}

# Removes the builds that nobody can go back to, but for those whose programs run.
remove_old() {
    local old name
    for old in "$run"/build.*/; do
        name=$(basename "$old")
        [[ $name != "$(readlink "$run/current")" && $name != "$(readlink "$run/previous")" ]] || continue
        [[ ! -f $old/version ]] || flock --nonblock "$old/version" true || continue
        rm -rf "${run:?}/$name"
    done
}

# What of others is in the programs, and under which licences.
contents() {
    local made=$1
    mkdir "$made/sbom"
    cp "$root/server/target/parley-server.json" "$root/terminal/target/parley-terminal.json" "$made/sbom/"
    {
        printf '%s\n' "Parley $version is made with the work of others, each under its own licence. The licences' texts lie" \
            "in the libraries' jars, and lists for scanners (CycloneDX) in sbom/, beside this file." ""
        grep --no-filename '^ *(' "$root"/{server,terminal}/target/notices.txt | grep -v '(chat\.parley:' | sed 's/^ */  /' | sort -u
    } >"$made/notices.txt"
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
