# Reads a report that Surefire wrote and tells each test that failed: its name, what it threw, and what was written while it ran.
# With -v names=1 the names alone.

function attribute(line, name,    value) {
    if (!match(line, "[ <]" name "=\"[^\"]*\"")) return ""
    value = substr(line, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", value)
    sub(/"$/, "", value)
    gsub(/&lt;/, "<", value)
    gsub(/&gt;/, ">", value)
    gsub(/&quot;/, "\"", value)
    gsub(/&#10;/, " ", value)
    gsub(/&amp;/, "\\&", value)
    return value
}

# Takes the text out of its wrapping; the end of one such text in another is written in two pieces.
function text(line) {
    sub(/^ *<(failure|error|system-out|system-err)[^>]*>/, "", line)
    sub(/<\/(failure|error|system-out|system-err)>$/, "", line)
    gsub(/\]\]\]\]><!\[CDATA\[>/, "\001", line)
    sub(/^<!\[CDATA\[/, "", line)
    sub(/\]\]>$/, "", line)
    gsub(/\001/, "]]>", line)
    return line
}

function keep(line) {
    if (part == "thrown") thrown[++throwns] = line
    else written[++writtens] = line
}

# The last lines of what was written tell most.
function tell_written(    i) {
    if (writtens > MOST) print "            … " (writtens - MOST) " lines more in " FILENAME
    for (i = writtens > MOST ? writtens - MOST + 1 : 1; i <= writtens; i++) print "            | " written[i]
}

# The first lines of what was thrown tell most.
function tell_thrown(    i, told) {
    for (i = 1; i <= throwns; i++) {
        if (dull(thrown[i])) continue
        if (++told > MOST_THROWN) {
            print "            … more in " FILENAME
            return
        }
        print "            " substr(thrown[i], 1, WIDEST)
    }
}

function tell() {
    if (!bad) return
    if (names) {
        print name
        return
    }
    print "          ✗ " name
    tell_thrown()
    tell_written()
}

# Lines of a stack trace that tell how a test was called, not what it did.
function dull(line) {
    return line ~ /^\tat (java\.base|org\.junit|org\.assertj|net\.jqwik|org\.apache\.maven)/
}

BEGIN {
    MOST = 300
    MOST_THROWN = 60
    WIDEST = 1000
}

/^  <testcase / {
    name = attribute($0, "classname") "." attribute($0, "name")
    bad = 0
    throwns = writtens = 0
    part = ""
    if ($0 ~ /\/>$/) next
}

/^    <(failure|error)[ >]/ { bad = 1; part = "thrown" }
/^    <system-(out|err)>/ { part = "written" }

part != "" {
    last = $0 ~ /<\/(failure|error|system-out|system-err)>$/
    # A message may go over several lines before its text begins.
    line = text($0)
    if (line != "") keep(line)
    if (last) part = ""
}

/^  <\/testcase>/ { part = ""; tell() }
