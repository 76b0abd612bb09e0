# Sourced by the commands that run tests, after java.sh. Runs Maven so that little is said: a line for each class, what failed
# with all that it logged, and the counts. All that Maven said is in $root/target/test/maven.log.

logs=$root/target/test
passed=0 failed=0 skipped=0

usage() {
    cat <<EOF
Usage: bin/$1 [--only PATTERN] [--repeat N] [--beside-load] [--hostile-minutes N [--seed S]] [MAVEN ARGUMENTS]

  --only PATTERN   Only tests whose class fits, as RoomsTest, '*Store*' or RoomsTest#aTest
  --repeat N       Runs them N times, and tells which fail in some rounds only
  --beside-load    Keeps one core busy meanwhile
  --hostile-minutes N   Instead of all tests only a siege of so long: all attacks mixed, from the seed S where one is given

The reports of the last run are in target/test/. It ends with 0 if all passed.
EOF
}

# Reads a command's arguments, the first being its name: sets $rounds, $load, and $arguments for Maven.
read_arguments() {
    local command=$1
    shift
    rounds=1 load= arguments=()
    while (($#)); do
        case $1 in
            --help | -h) usage "$command" && exit 0 ;;
            --only | --repeat | --hostile-minutes | --seed) (($# > 1)) || fail "$1 needs a value; bin/$command --help tells more." 2 ;;&
            --only) arguments+=(-Dtest="$2" -Dsurefire.failIfNoSpecifiedTests=false) && shift ;;
            --repeat)
                [[ $2 =~ ^[1-9][0-9]{0,3}$ ]] || fail "--repeat takes a number from 1 to 9999, not '$2'." 2
                rounds=$2 && shift
                ;;
            --hostile-minutes)
                [[ $2 =~ ^[0-9]+(\.[0-9]+)?$ ]] || fail "--hostile-minutes takes a number, not '$2'." 2
                arguments+=(-Dparley.hostile.minutes="$2" -Dtest='SiegeTest,SlowLineTest' -Dsurefire.failIfNoSpecifiedTests=false) && shift
                ;;
            --seed)
                [[ $2 =~ ^-?[0-9]{1,18}$ ]] || fail "--seed takes a whole number, not '$2'." 2
                arguments+=(-Dparley.hostile.seed="$2") && shift
                ;;
            --beside-load) load=yes ;;
            *) arguments+=("$1") ;;
        esac
        shift
    done
}

# Runs Maven with $arguments and those given, as often as wanted; ends the command.
run_suite() {
    local round problems=0
    rm -rf "$logs"
    mkdir -p "$logs"
    trap 'stop 130' INT
    trap 'stop 143' TERM HUP
    [[ -z $load ]] || be_busy
    for ((round = 1; round <= rounds; round++)); do
        ((rounds == 1)) || echo "Round $round of $rounds"
        run_round "$@" || problems=1
        ((rounds == 1)) || keep_round "$round"
    done
    [[ -z $load ]] || kill "$busy" 2>/dev/null || true
    ((rounds == 1)) || tell_unsteady
    if ((passed + failed + skipped == 0 && !problems)); then
        echo "No test was run." >&2
        problems=1
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    exit $((problems || failed > 0))
}

# A busy core: ends with this command, however that ends.
be_busy() {
    (while kill -0 $$ 2>/dev/null; do for ((i = 0; i < 200000; i++)); do :; done; done) &
    busy=$!
}

# In a session of its own, so that all of it can be ended; and with the signals' own actions, which a shell takes away from what
# it starts in the background.
run_round() {
    local status=0
    rm -rf "$root"/{wire,server,client,terminal,e2e}/target/surefire-reports "$logs/out"
    mkfifo "$logs/out"
    setsid env --default-signal=INT,QUIT bash -c 'source "$0"; maven "$@"' "$root/bin/lib/java.sh" \
        -Dmaven.test.redirectTestOutputToFile=true -Dmaven.test.failure.ignore=true "$@" "${arguments[@]}" \
        >"$logs/out" 2>&1 </dev/null &
    suite=$!
    tell <"$logs/out" || status=1
    wait "$suite" || status=1
    suite=
    return $status
}

# Ends what runs, and this command.
stop() {
    trap '' INT TERM HUP
    [[ -z ${busy:-} ]] || kill "$busy" 2>/dev/null || true
    if [[ -n ${suite:-} ]]; then
        kill -TERM -- "-$suite" 2>/dev/null || true
        local i
        for ((i = 0; i < 100; i++)); do
            kill -0 -- "-$suite" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL -- "-$suite" 2>/dev/null || true
    fi
    echo "Interrupted." >&2
    exit "$1"
}

# Reads what Maven says and tells what matters of it. Fails where something else than a test failed.
tell() {
    local line class part=build late=() problems=0
    local counts='Tests run: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+), Skipped: ([0-9]+), Time elapsed: ([0-9.,]+) s.* -- in (.*)$'
    while IFS= read -r line; do
        line=${line##$'\e'*m}
        printf '%s\n' "$line" >>"$logs/maven.log"
        case $line in
            *' T E S T S') part=tests ;;
            '[INFO] Results:')
                part=results
                for class in "${late[@]}"; do tell_failures "$class" || true; done
                late=()
                ;;
            '[INFO] --- '* | '[INFO] BUILD '* | '[INFO] Reactor Summary'*) part=build ;;
        esac
        if [[ $line =~ $counts ]]; then
            tell_class "${BASH_REMATCH[@]:1}"
        elif is_problem "$part" "$line"; then
            printf '%s\n' "$line" >&2
            problems=1
        fi
    done
    return $problems
}

# One class has ended. A report that is not written yet, as of a class within another, is told at the end of its module.
tell_class() {
    local bad=$(($2 + $3))
    passed=$((passed + $1 - bad - $4)) failed=$((failed + bad)) skipped=$((skipped + $4))
    (($1 > 0)) || return 0
    if ((bad == 0)); then
        printf '  ok      %3d  %s  %s s\n' "$1" "$6" "$5"
        return 0
    fi
    printf '  FAILED  %d of %d  %s  %s s\n' "$bad" "$1" "$6" "$5"
    tell_failures "${6%%\$*}" || late+=("${6%%\$*}")
}

# Fails where the class has no whole report yet.
tell_failures() {
    local report
    for report in "$root"/*/target/surefire-reports/"TEST-$1.xml"; do
        [[ -f $report ]] && grep -q '</testsuite>' "$report" && awk -f "$root/bin/lib/failures.awk" "$report"
    done
}

# Whether a line tells of something that went wrong and is not the report of a test, which is told from its file.
is_problem() {
    case $2 in
        '[ERROR] Failed to execute goal'*'There are test failures'* | '[ERROR] There are test failures'* | '[ERROR] See '* | \
            '[ERROR] -> '* | '[ERROR] To see the full'* | '[ERROR] Re-run Maven'* | '[ERROR] For more information'* | \
            '[ERROR] [Help '* | '[ERROR] After correcting'* | '[ERROR]   mvn '* | '[ERROR] ') return 1 ;;
        *' <<< '*) return 1 ;;
        '[ERROR]'* | '[FATAL]'*) [[ $1 != results ]] ;;
        '['* | '' | 'See '* | 'Please refer'* | 'WARNING: '*) return 1 ;;
        *) [[ $1 == build ]] ;;
    esac
}

# Keeps a round's reports, and the names of what failed in it.
keep_round() {
    local kept=$logs/round-$1 report
    mkdir -p "$kept"
    mv "$logs/maven.log" "$kept/"
    for report in "$root"/*/target/surefire-reports/TEST-*.xml; do
        [[ -f $report ]] || continue
        cp "$report" "$kept/"
        awk -v names=1 -f "$root/bin/lib/failures.awk" "$report" >>"$kept/failed"
    done
    [[ ! -d $root/e2e/target/browser ]] || cp -r "$root/e2e/target/browser" "$kept/"
}

tell_unsteady() {
    local count name
    if [[ -z $(cat "$logs"/round-*/failed) ]]; then
        echo "All $rounds rounds passed."
        return
    fi
    sort "$logs"/round-*/failed | uniq -c | sort -rn | while read -r count name; do
        if ((count < rounds)); then echo "UNSTEADY  $name failed in $count of $rounds rounds:"; else echo "FAILED    $name in every round:"; fi
        grep -lxF -- "$name" "$logs"/round-*/failed | while IFS= read -r kept; do echo "            ${kept%/failed}/"; done
    done
}
