package chat.parley.server.quota;

import java.util.Locale;

/** What is counted, for each user or for each address, and how much of it is let through unless the operator says otherwise. */
public enum Quota {
    /** HTTP requests of an address. */
    REQUESTS(20_000, 1_000),
    /** New guests of an address: a class or an event comes in at once, from behind one address. */
    GUESTS(20_000, 20),
    /** Hellos of an address: after a restart all that are behind one address come back at once. */
    HELLOS(20_000, 500),
    /** Joins and streams of a user. */
    JOINS(2_000, 50),
    /** Posts and other writes of a user; a post counts as one, and as one more for each KiB of its text. */
    POSTS(10_000, 200),
    /** The same of all users of an address. */
    ADDRESS_POSTS(100_000, 5_000),
    /** Rooms entered by a user that are not in use, and so may be new. */
    ROOMS(200, 0.1),
    /** The same of all users of an address. */
    ADDRESS_ROOMS(2_000, 1);

    private final Rate rate;

    Quota(long burst, double perSecond) {
        this.rate = new Rate(burst, perSecond);
    }

    /** What is let through by default. */
    public Rate rate() {
        return rate;
    }

    /** As an operator writes it, for example {@code address-posts}. */
    public String flagName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
