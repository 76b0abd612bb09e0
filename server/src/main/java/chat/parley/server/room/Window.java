package chat.parley.server.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items numbered one after another, of which the newest are kept: the changes of a room, or its messages. Not thread-safe.
 *
 * @param <T> the item
 */
final class Window<T> {
    private @Nullable Object[] items = new Object[16];
    private long next;
    private int size;

    /** @param next the number that the first item appended will have */
    Window(long next) {
        this.next = next;
    }

    /** The number of the newest item; one less than the first to come when there is none. */
    long last() {
        return next - 1;
    }

    /** The number of the oldest item kept; one more than {@link #last} when there is none. */
    long first() {
        return next - size;
    }

    int size() {
        return size;
    }

    boolean holds(long number) {
        return number >= first() && number < next;
    }

    void append(T item) {
        if (size == items.length) {
            grow();
        }
        items[slot(next)] = item;
        next++;
        size++;
    }

    void replace(long number, T item) {
        if (holds(number)) {
            items[slot(number)] = item;
        }
    }

    @SuppressWarnings("unchecked")
    T get(long number) {
        if (!holds(number)) {
            throw new IndexOutOfBoundsException(number);
        }
        // Where a number is held there is an item: only slots outside the window are null.
        return (T) Objects.requireNonNull(items[slot(number)]);
    }

    /** The items from {@code number} on, at most {@code most}. */
    List<T> from(long number, int most) {
        int count = (int) Math.min(most, next - number);
        List<T> list = new ArrayList<>(Math.max(count, 0));
        for (int i = 0; i < count; i++) {
            list.add(get(number + i));
        }
        return list;
    }

    T removeFirst() {
        T first = get(first());
        items[slot(first())] = null;
        size--;
        return first;
    }

    /** Forgets all, and goes on with the number {@code next}. */
    void restart(long next) {
        items = new Object[16];
        this.next = next;
        size = 0;
    }

    private int slot(long number) {
        return (int) (number & (items.length - 1));
    }

    private void grow() {
        @Nullable Object[] larger = new Object[items.length * 2];
        for (long number = first(); number < next; number++) {
            larger[(int) (number & (larger.length - 1))] = items[slot(number)];
        }
        items = larger;
    }
}
