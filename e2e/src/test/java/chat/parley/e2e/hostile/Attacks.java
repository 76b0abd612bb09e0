package chat.parley.e2e.hostile;

import chat.parley.e2e.Api;
import chat.parley.e2e.WebSocketWire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Attacks at a size at which several can go on at the same time on one machine. */
final class Attacks {
    /** An attack that can be begun again and again. */
    record Named(String name, Pace.Attack attack) {}

    private static final String LONG_ROOM = "long";
    private static final int MESSAGES = 1_000;

    private final Target target;
    private final Api user;
    private final String epoch;
    private final AtomicInteger next = new AtomicInteger();

    /** Prepares the server for all attacks. */
    Attacks(Target target) throws IOException {
        this.target = target;
        user = target.guest("loud");
        target.fill(LONG_ROOM, MESSAGES, Texts.LONGEST_IN_JSON);
        epoch = user.get("/api/v1/rooms/" + LONG_ROOM).json().text("epoch");
    }

    List<Named> all() {
        return List.of(
                new Named("read marks", this::readMarks),
                new Named("greedy joiners", crowd -> many(30, crowd, visitor -> visitor.joinsAndNeverReads(LONG_ROOM))),
                new Named("resumes", this::resumes),
                new Named("big answers", crowd -> requests(20, 5, "/messages?room_number=" + LONG_ROOM, crowd)),
                new Named("event streams", crowd -> requests(20, 1, "/api/v1/rooms/" + LONG_ROOM + "/events", crowd)),
                new Named("long texts", crowd -> repeated(10, 10, texts(Texts.LONGEST_IN_UTF_8, ""), crowd)),
                new Named("posts without end", crowd -> repeated(16, 10, Visitor.times(20, texts("loud", "")), crowd)),
                new Named("one id again and again", crowd -> repeated(2, 20, texts("again", "the same"), crowd)),
                new Named("fresh names and rooms", this::freshNames),
                new Named("fragments", this::fragments),
                new Named("pings", crowd -> repeated(10, 10, pings(), crowd)),
                new Named("half handshakes", crowd -> lines(200, Visitor.handshake(target.port()), crowd)),
                new Named("heads that do not end", crowd -> lines(200, "GET /messages HTTP/1.1\r\nHost: x\r\n", crowd)),
                new Named("coming and going", this::comingAndGoing));
    }

    private interface Doing {
        void by(Visitor visitor) throws IOException;
    }

    private void many(int count, Crowd crowd, Doing doing) throws IOException {
        for (int i = 0; i < count; i++) {
            doing.by(crowd.with(Visitor.guest(target, "visitor" + next.getAndIncrement())));
        }
    }

    /** So many guests say the same so many times a second. */
    private void repeated(int count, int aSecond, byte[] frames, Crowd crowd) throws IOException {
        many(count, crowd, visitor -> {
            visitor.readsAll();
            crowd.repeat(aSecond, () -> visitor.says(frames));
        });
    }

    private static byte[] texts(String text, String id) {
        return id.isEmpty()
                ? Visitor.frame("type", "send", "room", "flood", "text", text)
                : Visitor.frame("type", "send", "room", "flood", "text", text, "id", id);
    }

    private static byte[] pings() {
        return Visitor.times(100, WebSocketWire.encode(true, WebSocketWire.PING, true, new byte[125]));
    }

    private void readMarks(Crowd crowd) throws IOException {
        for (int i = 0; i < 20; i++) {
            crowd.with(Visitor.of(target, user));
        }
        Visitor flood = crowd.with(Visitor.of(target, user)).readsAll();
        AtomicInteger seq = new AtomicInteger();
        crowd.repeat(
                1_000,
                () -> flood.says(
                        Visitor.frame("type", "read", "room", LONG_ROOM, "seq", seq.getAndIncrement() % MESSAGES + 1)));
    }

    private void resumes(Crowd crowd) throws IOException {
        repeated(
                4,
                50,
                Visitor.frame("type", "join", "room", LONG_ROOM, "after", 1, "epoch", epoch, "limit", 2_000),
                crowd);
    }

    /** So many connections ask for the same so many times at once, and read nothing. */
    private void requests(int count, int times, String path, Crowd crowd) throws IOException {
        lines(
                count,
                ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + user.secret() + "\r\n\r\n")
                        .repeat(times),
                crowd);
    }

    private void lines(int count, String text, Crowd crowd) throws IOException {
        for (int i = 0; i < count; i++) {
            crowd.with(Line.open(target.port())).say(text);
        }
    }

    private void freshNames(Crowd crowd) throws IOException {
        Line line = crowd.with(Line.open(target.port())).readsAll();
        crowd.repeat(100, () -> {
            String body = "{\"text\":\"x\",\"username\":\"n%1$d\",\"room_number\":\"n%1$d\"}"
                    .formatted(next.getAndIncrement());
            line.say("POST /messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
        });
    }

    private void fragments(Crowd crowd) {
        byte[] parts = Visitor.times(500, WebSocketWire.encode(false, WebSocketWire.CONTINUATION, true, new byte[1]));
        for (int i = 0; i < 4; i++) {
            crowd.repeat(10, () -> {
                try (Visitor visitor = Visitor.silent(target)) {
                    visitor.readsAll().says(WebSocketWire.encode(false, WebSocketWire.TEXT, true, new byte[1]));
                    for (int k = 0; k < 10 && !visitor.line().ended(); k++) {
                        visitor.says(parts);
                    }
                } catch (IOException e) {
                    // Cut off; comes again.
                }
            });
        }
    }

    private void comingAndGoing(Crowd crowd) {
        for (int i = 0; i < 4; i++) {
            crowd.repeat(10, () -> {
                try (Visitor visitor = Visitor.guest(target, "restless")) {
                    visitor.joinsAndNeverReads(LONG_ROOM);
                }
            });
        }
    }
}
