# Sourced by the commands in bin/. Finds what Java programs need here: a JDK that is new enough, and Maven.

readonly PARLEY_JAVA=25

# Prints the sentence and ends the command.
fail() {
    printf 'parley: %s\n' "$1" >&2
    exit "${2:-1}"
}

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
    find_jdk || fail "Parley needs a JDK $PARLEY_JAVA or newer and found none; install one (on Debian: apt-get install openjdk-$PARLEY_JAVA-jdk-headless, or Eclipse Temurin from adoptium.net) or set JAVA_HOME to it."
}

require_maven() {
    command -v mvn >/dev/null || fail "Parley is built with Maven, which is not installed; install it (on Debian: apt-get install maven)."
}

# Maven with what every call here wants: no questions, no colours, no progress.
maven() {
    # Debian's Maven uses calls that a new JDK warns of at every start.
    MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
        mvn --batch-mode --no-transfer-progress -Dstyle.color=never "$@"
}
