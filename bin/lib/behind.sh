# Sourced by bin/check, after java.sh.

# No releases, but steps on the way to one.
readonly UNFINISHED='(?i).*[.-](alpha|beta|m|rc|cr|ea|pre|preview|snapshot)[.-]?[0-9]*([.-].*)?'

# Tells which versions in the root's pom are not the newest. That a release came out somewhere, or that nobody can be asked, is no
# fault of the code, so this never fails.
tell_behind() {
    local said name versions late=()
    said=$(timeout 120 bash -c 'source "$0"; maven "$@"' "$root/bin/lib/java.sh" --non-recursive --file "$root/pom.xml" \
        -Dmaven.version.ignore="$UNFINISHED" "org.codehaus.mojo:versions-maven-plugin:$(pom_property versions-plugin.version):display-property-updates" \
        2>/dev/null) || {
        echo "Which libraries are behind is not known: the repository could not be asked."
        return 0
    }
    while read -r name versions; do late+=("$name $versions"); done < <(behind <<<"$said")
    if ((${#late[@]} == 0)); then
        echo "No library is behind its newest release."
        return 0
    fi
    echo "Behind their newest release, which may have a reason (in pom.xml):"
    printf '  %s\n' "${late[@]}"
}

# Reads what the plugin says: lines as '[INFO]   ${netty.version} ........ 4.2.18.Final -> 4.2.20.Final'.
behind() {
    sed -n 's/^\[INFO\] *\${\(.*\)\.version} \.* *\(.* -> .*\)$/\1 \2/p'
}

pom_property() {
    sed -n "s|^ *<$1>\(.*\)</$1>.*|\1|p" "$root/pom.xml"
}
