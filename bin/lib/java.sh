# Sourced by the commands in bin/. Finds what Java programs need here: a bash and a JDK that are new enough, and Maven.

readonly PARLEY_JAVA=25

# Prints the sentence and ends the command.
fail() {
    printf 'parley: %s\n' "$1" >&2
    exit "${2:-1}"
}

# Succeeds for a bash whose empty arrays are no errors. Whatever stands before a call is read by older ones, too.
is_bash() {
    [ "$1" -gt 4 ] || { [ "$1" -eq 4 ] && [ "$2" -ge 4 ]; }
}

require_bash() {
    is_bash "$1" "$2" || fail "Parley's commands need bash 4.4 or newer, and this is bash $1.$2; install one and put it first in PATH (on macOS: brew install bash)."
}

require_bash "${BASH_VERSINFO[0]}" "${BASH_VERSINFO[1]}"

# Succeeds if the folder holds a JDK (not only a runtime) that is new enough. Reads its release file: starting java is slow.
is_jdk() {
    local home=$1 line version=
    [[ -x $home/bin/javac && -r $home/release ]] || return 1
    while IFS= read -r line; do
        [[ $line == JAVA_VERSION=* ]] && version=${line#*=\"}
    done <"$home/release"
    version=${version%%[!0-9]*}
    [[ -n $version && $version -ge $PARLEY_JAVA ]]
}

# Sets JAVA_HOME: the caller's where it will do, else the first that is found.
find_jdk() {
    local home javac
    if [[ -n ${JAVA_HOME:-} ]] && is_jdk "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    for home in /usr/lib/jvm/* /opt/java/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/current; do
        if is_jdk "$home"; then
            export JAVA_HOME=$home
            return 0
        fi
    done
    if javac=$(command -v javac); then
        home=$(dirname "$(dirname "$(readlink -f "$javac")")")
        if is_jdk "$home"; then
            export JAVA_HOME=$home
            return 0
        fi
    fi
    return 1
}

require_jdk() {
    find_jdk || fail "Parley needs a JDK $PARLEY_JAVA or newer and found none; $(jdk_source), or set JAVA_HOME to one."
}

# Where this machine can have a JDK from: its own packages where they hold one, which older systems' do not.
jdk_source() {
    local package=openjdk-$PARLEY_JAVA-jdk-headless
    if command -v apt-cache >/dev/null && [[ -n $(apt-cache show "$package" 2>/dev/null) ]]; then
        echo "install one with 'apt-get install $package'"
    else
        echo "unpack Eclipse Temurin $PARLEY_JAVA from https://adoptium.net/temurin/releases?version=$PARLEY_JAVA below /opt, where it is found by itself"
    fi
}

require_maven() {
    command -v mvn >/dev/null || fail "Parley is built with Maven, which is not installed; install it (on Debian: apt-get install maven)."
}

# Maven with what every call here wants: no questions, no colours, no progress. Warnings of the compiler are faults for those
# who work on Parley (PARLEY_STRICT), not for those who build it with a compiler that is newer and warns of more.
maven() {
    # Debian's Maven uses calls that a new JDK warns of at every start.
    MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
        mvn --batch-mode --no-transfer-progress -Dstyle.color=never ${PARLEY_STRICT:+-Dmaven.compiler.failOnWarning=true} "$@"
}
