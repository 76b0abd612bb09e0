package chat.parley.e2e.browser;

import chat.parley.e2e.Api;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import chat.parley.server.store.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was said before the server of a class began: written by the server's own store, since a hundred thousand messages would take
 * long through a door. All of it was said by nik, one message every ten seconds.
 */
final class Past {
    private static final User NIK = new User("nik-of-the-past", "nik", true);
    private static final String TOKEN = "the token of nik, who spoke in the past";
    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private static final int BATCH = 10_000;

    /** Something that somebody else said. */
    private record Said(
            String name, String room, Instant at, @Nullable Long replyTo, String text) {}

    private final Map<String, Integer> rooms = new LinkedHashMap<>();
    private final List<Said> said = new ArrayList<>();
    private final Map<String, String> topics = new LinkedHashMap<>();

    /** So many messages are in that room. */
    Past room(String name, int messages) {
        rooms.put(name, messages);
        return this;
    }

    /** There are so many rooms with names that begin so, each with a message. */
    Past rooms(String prefix, int count) {
        IntStream.range(0, count).forEach(i -> rooms.put(prefix + i, 1));
        return this;
    }

    /** Somebody said that in the room. Who talks in the past can come again, with {@link #token}. */
    Past said(String name, String room, Instant at, String text) {
        said.add(new Said(name, room, at, null, text));
        return this;
    }

    /** Somebody answered a message of the room. */
    Past answered(String name, String room, Instant at, long replyTo, String text) {
        said.add(new Said(name, room, at, replyTo, text));
        return this;
    }

    Past topic(String room, String topic) {
        topics.put(room, topic);
        return this;
    }

    /** By which the server knows somebody who talked in the past. */
    static String token(String name) {
        return "token-of-" + ascii(name);
    }

    /** What stands for a name where it may hold any letter. */
    private static String ascii(String name) {
        return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of a message of the past; every fifth is taller than the others. */
    static String text(long seq) {
        return "past " + seq + "." + (seq % 5 == 0 ? "\n\n- one\n- two\n- three" : "");
    }

    /** Nik, who can go on talking, and change what he said. */
    static Api nik(Visitors visitors) {
        return new Api(visitors.server().port(), TOKEN);
    }

    void write(Path data) throws StoreException, GeneralSecurityException {
        if (rooms.isEmpty() && said.isEmpty()) {
            return;
        }
        try (Store store = Stores.sqlite(data)) {
            store(store, List.of(guest(NIK, TOKEN)));
            List<Write> batch = new ArrayList<>();
            for (Map.Entry<String, Integer> room : rooms.entrySet()) {
                for (int seq = 1; seq <= room.getValue(); seq++) {
                    Instant at = BEGIN.plusSeconds(10L * seq);
                    batch.add(new Write.Post(NIK, room.getKey(), text(seq), null, null, at, true));
                    if (batch.size() == BATCH) {
                        store(store, batch);
                        batch.clear();
                    }
                }
            }
            store(store, batch);
            writeSaid(store);
        }
    }

    private void writeSaid(Store store) throws StoreException, GeneralSecurityException {
        Map<String, User> people = new LinkedHashMap<>();
        for (Said one : said) {
            User author = people.get(one.name);
            if (author == null) {
                author = new User("past-" + ascii(one.name), one.name, true);
                people.put(one.name, author);
                store(store, List.of(guest(author, token(one.name))));
            }
            store(store, List.of(new Write.Post(author, one.room, one.text, null, one.replyTo, one.at, true)));
        }
        for (Map.Entry<String, String> topic : topics.entrySet()) {
            store(store, List.of(new Write.SetTopic(topic.getKey(), topic.getValue())));
        }
    }

    private static Write guest(User user, String token) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        return new Write.AddGuest(user, new TokenHash(HexFormat.of().formatHex(hash)), null, BEGIN);
    }

    private static void store(Store store, List<Write> writes) throws StoreException {
        for (Outcome outcome : store.apply(writes)) {
            if (outcome instanceof Outcome.Refused) {
                throw new AssertionError("the past could not be written: " + outcome);
            }
        }
    }
}
