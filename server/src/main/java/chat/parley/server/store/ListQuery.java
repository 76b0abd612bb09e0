package chat.parley.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A statement about many keys at once. Its text is made for a few list lengths only, so that the statements can be kept.
 * Immutable.
 */
final class ListQuery {
    private static final int[] LENGTHS = {1, 8, 64, 512};

    private final List<String> texts;

    /**
     * @param sql has one {@code %s}, for the list of keys
     * @param key the placeholders of one key
     */
    ListQuery(String sql, String key) {
        texts = Arrays.stream(LENGTHS)
                .mapToObj(length -> sql.formatted(String.join(", ", Collections.nCopies(length, key))))
                .toList();
    }

    /** Says how a statement is prepared; whoever says so also closes it. */
    interface Preparer {
        PreparedStatement prepare(String sql) throws SQLException;
    }

    /** Sets one key's placeholders and returns the index of the next one. */
    interface Binder<K> {
        /** For keys that are one text each. */
        Binder<String> TEXT = (statement, index, key) -> {
            statement.setString(index, key);
            return index + 1;
        };

        /** For keys that are one number each. */
        Binder<Long> NUMBER = (statement, index, key) -> {
            statement.setLong(index, key);
            return index + 1;
        };

        int bind(PreparedStatement statement, int index, K key) throws SQLException;
    }

    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Takes the keys in as few statements as can be; a list that is too short for one is filled up with its last key, so that
     * a row may be found more than once.
     */
    <K> void run(Preparer preparer, Collection<K> keys, Binder<K> binder, RowReader reader) throws SQLException {
        Iterator<K> iterator = keys.iterator();
        for (int left = keys.size(); left > 0; ) {
            int step = step(left);
            PreparedStatement statement = preparer.prepare(texts.get(step));
            int index = 1;
            K key = iterator.next();
            left--;
            index = binder.bind(statement, index, key);
            for (int i = 1; i < LENGTHS[step]; i++) {
                if (left > 0) {
                    key = iterator.next();
                    left--;
                }
                index = binder.bind(statement, index, key);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    /** As {@link #run}, but takes each key once. */
    <K> void runOnce(Preparer preparer, Collection<K> keys, Binder<K> binder, RowReader reader) throws SQLException {
        List<K> left = new ArrayList<>(keys);
        for (int step = LENGTHS.length - 1; step >= 0; step--) {
            int length = LENGTHS[step];
            int whole = left.size() / length * length;
            for (int from = 0; from < whole; from += length) {
                run(preparer, left.subList(from, from + length), binder, reader);
            }
            left = left.subList(whole, left.size());
        }
    }

    private static int step(int left) {
        for (int step = 0; step < LENGTHS.length; step++) {
            if (left <= LENGTHS[step]) {
                return step;
            }
        }
        return LENGTHS.length - 1;
    }
}
