package chat.parley.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A talker that reads server-sent events and writes over HTTP. */
final class StreamTalker extends Talker {
    /** Changes that a stream may have missed and still be resumed. */
    private static final int LIMIT = 500;

    private final Map<String, EventStream> streams = new HashMap<>();
    private final Map<String, String> lastEventIds = new HashMap<>();

    StreamTalker(String name, Api api, String userId, Map<String, Ledger> ledgers) {
        super(name, api, userId, ledgers);
    }

    @Override
    void sendPost(Own post, @Nullable Long replyTo) throws IOException {
        Json body = Json.of("text", post.text(), "id", post.id());
        if (replyTo != null) {
            body.fields().put("replyTo", replyTo);
        }
        Api.Answer answer = api.post(Api.messagesPath(post.room()), body);
        if (answer.status() == 201) {
            posted(post, answer.json());
        } else {
            fail("a post was refused: " + answer);
        }
    }

    @Override
    void sendEdit(String room, long seq, String text) throws IOException {
        byte[] body = Json.of("text", text).toString().getBytes(StandardCharsets.UTF_8);
        edited(
                room,
                seq,
                text,
                api.call("PATCH", Api.messagesPath(room) + "/" + seq, body).json());
    }

    @Override
    void sendDelete(String room, long seq) throws IOException {
        Api.Answer answer = api.call("DELETE", Api.messagesPath(room) + "/" + seq, null);
        if (answer.status() != 200 && answer.status() != 204) {
            fail("a deletion was refused: " + answer);
        } else if (!answer.body().isEmpty()) {
            ledger(room)
                    .acknowledgedDelete(
                            answer.json().number("seq"), answer.json().number("change"));
        }
    }

    @Override
    void wander(Random random, String room) throws IOException {
        int choice = random.nextInt(100);
        if (streams.containsKey(room)) {
            if (choice < 70) {
                leave(room);
            } else {
                sendAgain(random);
            }
        } else if (choice < 75) {
            comeBack(room);
        } else {
            int last = random.nextInt(60);
            view(room).askingHistory(last);
            open(room, "last=" + last, null);
        }
    }

    private void sendAgain(Random random) throws IOException {
        Own post = someOwn(random);
        if (post != null) {
            Api.Answer answer = api.post(Api.messagesPath(post.room()), Json.of("text", "again", "id", post.id()));
            if (answer.status() != 200 || answer.json().number("seq") != seqOf(post)) {
                fail("the same id again gave " + answer + " for " + post);
            }
        }
    }

    @Override
    void comeBack(String room) throws IOException {
        if (streams.containsKey(room)) {
            return;
        }
        ClientView view = view(room);
        if (view.canResume()) {
            String due = view.epoch() + ":" + view.cursor();
            String lastEventId = lastEventIds.get(room);
            if (!due.equals(lastEventId)) {
                fail("the stream's last event id is " + lastEventId + " where all up to " + due + " was seen");
            }
            view.askingResume(LIMIT);
            open(room, "last=50", due);
        } else {
            view.askingHistory(50);
            open(room, "last=50", null);
        }
    }

    @Override
    void reconnect() {
        // Every call has a connection of its own; streams are opened again when they are wanted.
    }

    @Override
    void settle() {
        // Every call was answered before the next.
    }

    private void open(String room, String query, @Nullable String lastEventId) throws IOException {
        streams.put(room, EventStream.open(api, room, query, lastEventId, view(room)::take));
    }

    private void leave(String room) {
        EventStream stream = streams.remove(room);
        if (stream != null) {
            stream.close();
            // One that was left before anything came changes nothing: what was seen before it still holds.
            String lastEventId = stream.lastEventId();
            if (lastEventId != null) {
                lastEventIds.put(room, lastEventId);
            }
            view(room).away();
        }
    }

    @Override
    public void close() {
        for (String room : List.copyOf(streams.keySet())) {
            leave(room);
        }
    }
}
