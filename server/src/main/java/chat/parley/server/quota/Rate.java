package chat.parley.server.quota;

/**
 * How much is let through.
 *
 * @param burst at once, after a while of rest; at least 1
 * @param perSecond from then on; more than 0
 */
public record Rate(long burst, double perSecond) {
    public Rate {
        if (burst < 1 || !(perSecond > 0)) {
            throw new IllegalArgumentException("a rate lets something through");
        }
    }

    /** How long it takes until the whole burst is there again, in nanoseconds. */
    long fillNanos() {
        return (long) Math.min(1e9 * burst / perSecond, Long.MAX_VALUE / 4.0);
    }
}
