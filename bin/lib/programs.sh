# Sourced by what starts the programs of a build, after java.sh; each build keeps a copy, which fits its jars and AOT caches.

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
    command+=("${@:3}" -jar "$made/$program/parley-$program-$(<"$made/version").jar")
}
