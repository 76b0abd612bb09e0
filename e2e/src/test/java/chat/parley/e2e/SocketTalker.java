package chat.parley.e2e;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A talker over the WebSocket. It does not wait for its acknowledgements, and its connection may drop with some under way. */
final class SocketTalker extends Talker {
    private static final int LIMIT = 2_000;

    private record Sending(Own post, @Nullable Long replyTo) {}

    private final Set<String> rooms = new HashSet<>();
    private final Map<String, Sending> unacknowledged = new LinkedHashMap<>();
    private final ConcurrentMap<String, Consumer<Json>> answers = new ConcurrentHashMap<>();
    private @Nullable SocketClient client;
    private int refs;

    SocketTalker(String name, Api api, String userId, Map<String, Ledger> ledgers) {
        super(name, api, userId, ledgers);
    }

    /** The connection, made anew where it was dropped; then goes on where it was. */
    private SocketClient client() throws IOException {
        SocketClient open = client;
        if (open != null) {
            return open;
        }
        open = SocketClient.signedIn(api.port(), api.secret(), this::take);
        client = open;
        for (String room : List.copyOf(rooms)) {
            join(open, room, LIMIT);
        }
        List<Sending> again;
        synchronized (unacknowledged) {
            again = List.copyOf(unacknowledged.values());
        }
        for (Sending each : again) {
            transmit(open, each);
        }
        return open;
    }

    private void take(Json frame) {
        views().forEach(view -> view.take(frame));
        if (frame.isType("left")) {
            view(frame.text("room")).away();
        }
        if (frame.raw("ref") instanceof String ref) {
            Consumer<Json> answer = answers.remove(ref);
            if (answer == null) {
                fail("a second answer to one frame: " + frame);
            } else {
                answer.accept(frame);
            }
        } else if (frame.isType("error") && !frame.has("ref")) {
            fail("an error for no frame: " + frame);
        }
    }

    private void send(SocketClient open, Consumer<Json> answer, Object... namesAndValues) throws IOException {
        Json frame = Json.of(namesAndValues);
        String ref = "r" + ++refs;
        frame.fields().put("ref", ref);
        answers.put(ref, answer);
        open.wire().text(frame.toString());
    }

    @Override
    void sendPost(Own post, @Nullable Long replyTo) throws IOException {
        SocketClient open = client();
        Sending sending = new Sending(post, replyTo);
        synchronized (unacknowledged) {
            unacknowledged.put(post.id(), sending);
        }
        transmit(open, sending);
    }

    private void transmit(SocketClient open, Sending sending) throws IOException {
        Own post = sending.post();
        Json frame = Json.of("type", "send", "room", post.room(), "id", post.id(), "text", post.text());
        if (sending.replyTo() != null) {
            frame.fields().put("replyTo", sending.replyTo());
        }
        String ref = "r" + ++refs;
        frame.fields().put("ref", ref);
        answers.put(ref, receipt -> {
            synchronized (unacknowledged) {
                unacknowledged.remove(post.id());
            }
            posted(post, receipt);
        });
        open.wire().text(frame.toString());
    }

    @Override
    void sendEdit(String room, long seq, String text) throws IOException {
        send(
                client(),
                receipt -> edited(room, seq, text, receipt),
                "type",
                "edit",
                "room",
                room,
                "seq",
                seq,
                "text",
                text);
    }

    @Override
    void sendDelete(String room, long seq) throws IOException {
        send(
                client(),
                receipt -> {
                    if (receipt.isType("error")) {
                        fail("a deletion was refused: " + receipt);
                    } else {
                        ledger(room).acknowledgedDelete(receipt.number("seq"), receipt.number("change"));
                    }
                },
                "type",
                "delete",
                "room",
                room,
                "seq",
                seq);
    }

    @Override
    void wander(Random random, String room) throws IOException {
        int choice = random.nextInt(100);
        if (choice < 20) {
            drop();
        } else if (!rooms.contains(room)) {
            if (choice < 60) {
                join(client(), room, LIMIT);
            } else if (choice < 75) {
                join(client(), room, random.nextInt(8));
            } else if (choice < 82 && view(room).canResume()) {
                view(room).askingResumeOfAnotherEpoch();
                resume(client(), room, "of another epoch", LIMIT);
            } else {
                joinAfresh(client(), room, random.nextInt(60));
            }
        } else if (choice < 65) {
            client().ask("type", "leave", "room", room);
            rooms.remove(room);
        } else if (choice < 80) {
            sendAgain(random);
        } else {
            client().send("type", "typing", "room", room);
        }
    }

    private void sendAgain(Random random) throws IOException {
        Own post = someOwn(random);
        if (post != null) {
            seqOf(post);
            transmit(client(), new Sending(post, null));
        }
    }

    @Override
    void comeBack(String room) throws IOException {
        SocketClient open = client();
        if (!rooms.contains(room)) {
            join(open, room, LIMIT);
        }
    }

    private void join(SocketClient open, String room, int limit) throws IOException {
        if (view(room).canResume()) {
            view(room).askingResume(limit);
            resume(open, room, view(room).epoch(), limit);
        } else {
            joinAfresh(open, room, 50);
        }
    }

    private void resume(SocketClient open, String room, String epoch, int limit) throws IOException {
        long after = view(room).cursor();
        rooms.add(room);
        open.ask("type", "join", "room", room, "after", after, "epoch", epoch, "limit", limit);
    }

    private void joinAfresh(SocketClient open, String room, int last) throws IOException {
        view(room).askingHistory(last);
        rooms.add(room);
        open.ask("type", "join", "room", room, "last", last);
    }

    @Override
    void reconnect() throws IOException {
        client();
    }

    @Override
    void settle() {
        Wait.until("all frames of " + name + " are answered", answers::isEmpty);
    }

    private void drop() {
        SocketClient open = client;
        client = null;
        if (open != null) {
            open.close();
            answers.clear();
            views().forEach(ClientView::away);
        }
    }

    @Override
    public void close() {
        drop();
    }
}
