package chat.parley.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process uses, from Linux's proc file system (proc(5)). Thread-safe. */
final class ProcessUse {
    /** {@code USER_HZ}, the unit of times in proc: 100 on every architecture that JDKs run on. */
    private static final long TICKS_PER_SECOND = 100;

    /**
     * Memory of a process.
     *
     * @param resident bytes in memory, shared ones counted fully (RSS)
     * @param proportional bytes in memory, shared ones divided among those who share them (PSS)
     */
    record Memory(long resident, long proportional) {}

    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ ");

    private ProcessUse() {}

    /** Processor time used so far by all threads, in user and kernel mode, in microseconds; in steps of 10 ms. */
    static long cpuMicros(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        // The name in brackets may hold blanks; after it come the fields from the third on.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * (1_000_000 / TICKS_PER_SECOND);
    }

    static long ownCpuMicros() {
        return cpuMicros(ProcessHandle.current().pid());
    }

    /** Processor time used so far by everything on the machine, in microseconds. */
    static long machineCpuMicros() {
        String[] fields =
                read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +");
        // user, nice, system, (idle, waiting for disks,) interrupts, soft interrupts, stolen
        long ticks = 0;
        for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks * (1_000_000 / TICKS_PER_SECOND);
    }

    static Memory memory(long pid) {
        long resident = 0;
        long proportional = 0;
        for (String line : read(Path.of("/proc/" + pid + "/smaps_rollup")).split("\n")) {
            if (line.startsWith("Rss:")) {
                resident = kilobytes(line);
            } else if (line.startsWith("Pss:")) {
                proportional = kilobytes(line);
            }
        }
        return new Memory(resident, proportional);
    }

    /** Bytes in memory of the mappings between two addresses. */
    static long resident(long pid, long from, long to) {
        long resident = 0;
        boolean inside = false;
        for (String line : read(Path.of("/proc/" + pid + "/smaps")).split("\n")) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.find()) {
                long begin = Long.parseUnsignedLong(mapping.group(1), 16);
                inside = begin >= from && begin < to;
            } else if (inside && line.startsWith("Rss:")) {
                resident += kilobytes(line);
            }
        }
        return resident;
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BenchException("Cannot read " + file + ": the server has ended, or this is not Linux.", e);
        }
    }
}
