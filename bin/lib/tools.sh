# Sourced by the commands that developers and CI use, after java.sh. Installs what is missing where that can be done.

# Here a warning of the compiler is a fault.
export PARLEY_STRICT=yes

# With the word 'browser', what the tests of the web client and of whole programs need too.
install_tools() {
    local missing=() tool
    command -v mvn >/dev/null || missing+=(maven)
    command -v git >/dev/null || missing+=(git)
    find_jdk || missing+=("openjdk-$PARLEY_JAVA-jdk-headless")
    if [[ ${1:-} == browser ]]; then
        find_browser || missing+=(chromium)
        find_emoji || missing+=(fonts-noto-color-emoji)
        # The terminal program is tested in a real terminal.
        command -v tmux || missing+=(tmux)
        # The same browser without a window system: most of the tests take half the time in it. Not every system has it.
        command -v chromium-headless-shell || missing+=(chromium-headless-shell)
        # What the pages tell their readers to type.
        for tool in curl jq openssl sqlite3; do command -v "$tool" || missing+=("$tool"); done
        # The tests of power cuts put a small library between a database and its disk.
        command -v cc || missing+=(gcc libc6-dev)
    fi >/dev/null
    if ((${#missing[@]})) && command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
        echo "Installing ${missing[*]}…" >&2
        apt-get update -qq >/dev/null 2>&1 || true
        # One by one, so that one which is unknown here keeps none of the others away.
        local package
        for package in "${missing[@]}"; do
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || true
        done
    fi
    # What could not be installed is told in one sentence.
    require_jdk
    require_maven
    [[ ${1:-} != browser ]] || command -v tmux >/dev/null ||
        fail "The terminal program is tested in tmux, which is not installed; install it (on Debian: apt-get install tmux), or run bin/quick, which needs none."
    [[ ${1:-} != browser ]] || find_browser ||
        fail "The web client is tested in Chromium, which is not installed; install it (on Debian: apt-get install chromium), or run bin/quick, which needs none."
    [[ ${1:-} != browser ]] || command -v cc >/dev/null ||
        fail "The tests of power cuts need a C compiler, which is not installed; install it (on Debian: apt-get install gcc libc6-dev), or run bin/quick, which needs none."
}

find_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

# Without such a font emoji are boxes, which only pictures show.
find_emoji() {
    [[ -n $(find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" -iname '*emoji*' -print -quit 2>/dev/null) ]]
}
