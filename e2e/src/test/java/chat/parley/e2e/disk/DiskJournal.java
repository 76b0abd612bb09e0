package chat.parley.e2e.disk;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that was done to a disk since it had power, and what of that a power cut takes away.
 *
 * <p>As on the usual file systems of Linux: a sync of a file makes its bytes and its name durable, one of a folder its names; names
 * change in one order, so that a durable one makes all before it durable. Unsynced bytes may be there or not, each page for itself.
 */
final class DiskJournal {
    private static final int PAGE = 4096;

    private final List<DiskEntry> entries;
    /** Of the file with this number, the entries before this place are durable. */
    private final Map<Long, Integer> durableBytes = new HashMap<>();
    /** Changes of names before this place are durable. */
    private int durableNames;

    private DiskJournal(List<DiskEntry> entries) {
        this.entries = entries;
        Map<Long, Integer> begun = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            DiskEntry entry = entries.get(i);
            if (entry.kind() == DiskEntry.Kind.SYNC_BEGUN) {
                begun.put(entry.tag(), i);
            } else if (entry.kind() == DiskEntry.Kind.SYNC_ENDED) {
                synced(entry.file(), begun.get(entry.tag()));
            }
        }
    }

    static DiskJournal read(Path file) throws IOException {
        List<DiskEntry> entries = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (DiskEntry entry = DiskEntry.read(in); entry != null; entry = DiskEntry.read(in)) {
                entries.add(entry);
            }
        }
        return new DiskJournal(entries);
    }

    private void synced(long number, int before) {
        durableBytes.merge(number, before, Math::max);
        for (int i = before - 1; i >= durableNames; i--) {
            DiskEntry entry = entries.get(i);
            if (entry.isOfNames() && (entry.file() == number || entry.folder() == number)) {
                durableNames = i + 1;
            }
        }
    }

    private boolean isDurable(int place) {
        DiskEntry entry = entries.get(place);
        return entry.isOfNames() ? place < durableNames : place < durableBytes.getOrDefault(entry.file(), 0);
    }

    /** Does what {@link ForgetfulDisk#forget} says. */
    int forget(DiskFiles files, @Nullable Random chance) throws IOException {
        List<Integer> names = new ArrayList<>();
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            DiskEntry entry = entries.get(i);
            if (entry.isOfBytes() && !isDurable(i)) {
                bytes.add(i);
                files.hold(entry.file());
            } else if (entry.isOfNames() && !isDurable(i)) {
                names.add(i);
            }
        }
        for (int place : names.subList(chance == null ? 0 : chance.nextInt(names.size() + 1), names.size())
                .reversed()) {
            undoName(files, entries.get(place));
        }
        for (int place : bytes.reversed()) {
            DiskEntry entry = entries.get(place);
            files.write(entry.file(), entry.offset(), entry.old());
            files.setLength(entry.file(), entry.length());
        }
        return bytes.size() - (chance == null ? 0 : survive(files, bytes, chance));
    }

    private static void undoName(DiskFiles files, DiskEntry entry) throws IOException {
        switch (entry.kind()) {
            case CREATE -> files.removeName(entry.file(), entry.name());
            case RENAME -> files.giveName(entry.file(), entry.other(), entry.name(), true);
            case UNLINK -> files.giveName(entry.file(), entry.other(), entry.name(), false);
            default -> throw new AssertionError(entry);
        }
    }

    /** Some of it had been written all the same. */
    private int survive(DiskFiles files, List<Integer> unsynced, Random chance) throws IOException {
        int whole = 0;
        Set<Long> over = new HashSet<>();
        for (int place : unsynced) {
            DiskEntry entry = entries.get(place);
            if (over.contains(entry.file())) {
                continue;
            }
            if (entry.kind() == DiskEntry.Kind.TRUNCATE) {
                // The length comes with all that is written after it, or with nothing.
                if (chance.nextBoolean()) {
                    files.setLength(entry.file(), entry.offset());
                    whole++;
                } else {
                    over.add(entry.file());
                }
            } else if (rewrite(files, entry, chance)) {
                whole++;
            }
        }
        return whole;
    }

    private static boolean rewrite(DiskFiles files, DiskEntry entry, Random chance) throws IOException {
        boolean whole = true;
        byte[] now = entry.now();
        for (int from = 0; from < now.length; ) {
            int inPage = (int) (PAGE - (entry.offset() + from) % PAGE);
            int to = Math.min(now.length, from + inPage);
            if (chance.nextBoolean()) {
                files.write(entry.file(), entry.offset() + from, Arrays.copyOfRange(now, from, to));
            } else {
                whole = false;
            }
            from = to;
        }
        return whole;
    }
}
