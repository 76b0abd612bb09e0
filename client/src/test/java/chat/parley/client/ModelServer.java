package chat.parley.client;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One room of a server in memory, as the contract tells of it, with one connection that can break at any time. */
final class ModelServer {
    static final String ROOM = "4";
    private static final User OTHER = new User("o", "other", true);
    private static final User CLIENT = new User("c", "client", true);

    final TreeMap<Long, Message> messages = new TreeMap<>();
    final Deque<ClientFrame> toServer = new ArrayDeque<>();
    final Deque<ServerFrame> toClient = new ArrayDeque<>();
    final List<String> tokensSeen = new ArrayList<>();
    private final Map<String, Message> byId = new HashMap<>();
    private final Random random;
    private String epoch = "k1";
    private long change;
    private boolean greeted;
    private boolean subscribed;

    ModelServer(Random random) {
        this.random = random;
    }

    void breakConnection() {
        toServer.clear();
        toClient.clear();
        greeted = false;
        subscribed = false;
    }

    void otherActs() {
        int what = random.nextInt(4);
        if (what < 2 || messages.isEmpty()) {
            store(messages.size() + 1, OTHER, "other " + change, false, null);
            return;
        }
        Message target = messages.get((long) random.nextInt(messages.size()) + 1);
        if (!target.deleted()) {
            store(target.seq(), target.author(), what == 2 ? target.text() + "!" : "", what == 3, Instant.EPOCH);
        }
    }

    /** The server is restored from a backup that is whole, so the epoch is another. */
    void newEpoch() {
        epoch = "k" + random.nextInt(1_000_000);
    }

    /** A change that this subscriber is not told of: what the contract rules out, and the client must notice. */
    void actSilently() {
        boolean was = subscribed;
        subscribed = false;
        otherActs();
        subscribed = was;
    }

    void repeatNewest() {
        if (subscribed && !messages.isEmpty()) {
            toClient.add(new ServerFrame.Changed(messages.values().stream()
                    .max(Comparator.comparingLong(Message::change))
                    .orElseThrow()));
        }
    }

    /** The subscriber was read on from the log and has caught up: its position is told again. */
    void tellPosition() {
        if (subscribed) {
            toClient.add(new ServerFrame.Live(ROOM, change));
        }
    }

    void takeOne() {
        ClientFrame frame = toServer.poll();
        switch (frame) {
            case ClientFrame.Hello hello -> {
                greeted = true;
                if (hello.token() != null) {
                    tokensSeen.add(hello.token());
                }
                toClient.add(new ServerFrame.Welcome(hello.ref(), CLIENT, hello.token() == null ? "secret" : null, 25));
            }
            case ClientFrame.Join join
            when random.nextInt(10) == 0 ->
                toClient.add(new ServerFrame.Failure(join.ref(), new Problem(ProblemCode.UNAVAILABLE, "Later.")));
            case ClientFrame.Join join -> join(join);
            case ClientFrame.Send send
            when random.nextInt(10) == 0 ->
                toClient.add(new ServerFrame.Failure(send.ref(), new Problem(ProblemCode.BUSY, "Later.")));
            case ClientFrame.Send send -> {
                assert greeted;
                Message stored = byId.get(send.id());
                if (stored == null) {
                    stored = store(messages.size() + 1, CLIENT, send.text(), false, null);
                    byId.put(send.id(), stored);
                }
                toClient.add(new ServerFrame.Sent(send.ref(), ROOM, stored.seq(), stored.change(), send.id()));
            }
            case ClientFrame.Ping ping -> toClient.add(new ServerFrame.Pong(ping.ref()));
            case null, default -> {}
        }
    }

    private void join(ClientFrame.Join join) {
        Long after = join.after();
        boolean resume = after != null && epoch.equals(join.epoch());
        List<Message> missed = !resume
                ? List.of()
                : messages.values().stream()
                        .filter(message -> message.change() > after)
                        .sorted(Comparator.comparingLong(Message::change))
                        .toList();
        boolean reset = after != null && (!resume || missed.size() > 8);
        toClient.add(new ServerFrame.Joined(join.ref(), ROOM, epoch, messages.size(), change, 1, null, reset));
        if (resume && !reset) {
            missed.forEach(message -> toClient.add(new ServerFrame.Changed(message)));
        } else {
            int last = reset ? 5 : join.last();
            messages.tailMap((long) messages.size() - last, false)
                    .values()
                    .forEach(message -> toClient.add(new ServerFrame.Changed(message)));
        }
        toClient.add(new ServerFrame.Live(ROOM, change));
        subscribed = true;
    }

    private Message store(
            long seq, User author, String text, boolean deleted, @org.jspecify.annotations.Nullable Instant edited) {
        Message message = new Message(ROOM, seq, ++change, author, text, Instant.EPOCH, edited, deleted, null);
        messages.put(seq, message);
        if (subscribed) {
            toClient.add(new ServerFrame.Changed(message));
        }
        return message;
    }
}
