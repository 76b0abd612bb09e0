# Reads PIT's list of mutants (file, class, mutator, method, line, status, test that saw it) and tells each that no test saw, the
# share of each class that was seen, and that of all. Ends with 1 where that is less than `least` percent.

BEGIN { FS = "," }

{
    class = $2
    sub(/^.*\./, "", class)
    sub(/\$.*/, "", class)
    all[class]++
    total++
    if ($6 == "SURVIVED" || $6 == "NO_COVERAGE") {
        mutator = $3
        sub(/^.*\./, "", mutator)
        sub(/Mutator$/, "", mutator)
        printf "  %-12s %s:%d %s %s\n", $6 == "SURVIVED" ? "unseen" : "never run", $1, $5, $4, mutator
        missed[class]++
        misses++
    }
}

END {
    for (class in all) printf "  %3d %%  %s  %d of %d\n", 100 * (all[class] - missed[class]) / all[class], class, all[class] - missed[class], all[class] | "sort -n"
    close("sort -n")
    share = total ? 100 * (total - misses) / total : 0
    printf "%.1f %% of %d faults were seen\n", share, total
    exit share < least
}
