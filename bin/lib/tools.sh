# Sourced by the commands that developers and CI use, after java.sh. Installs what is missing where that can be done.

install_tools() {
    local missing=()
    command -v mvn >/dev/null || missing+=(maven)
    command -v git >/dev/null || missing+=(git)
    find_jdk || missing+=("openjdk-$PARLEY_JAVA-jdk-headless")
    if ((${#missing[@]})); then
        if command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
            echo "Installing ${missing[*]}…" >&2
            apt-get update -qq >/dev/null 2>&1 || true
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 || true
        fi
    fi
    # What could not be installed is told in one sentence.
    require_jdk
    require_maven
}
