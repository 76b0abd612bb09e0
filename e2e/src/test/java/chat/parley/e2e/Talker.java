package chat.parley.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Somebody in the random talk. One thread tells all talkers what to do; what comes in is told on threads of their own. */
abstract class Talker implements AutoCloseable {
    /** One's own message; {@code seq} is known once it is acknowledged. */
    record Own(String room, String id, String text, CompletableFuture<Long> seq) {}

    final String name;
    final Api api;
    final String userId;
    private final Map<String, Ledger> ledgers;
    private final Map<String, ClientView> views = new LinkedHashMap<>();
    private final List<Own> own = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private int made;

    Talker(String name, Api api, String userId, Map<String, Ledger> ledgers) {
        this.name = name;
        this.api = api;
        this.userId = userId;
        this.ledgers = ledgers;
        ledgers.keySet().forEach(room -> views.put(room, new ClientView(name, room)));
    }

    /** Makes sure that the talker is in the room, resuming where it can, to see the end of the talk. */
    abstract void comeBack(String room) throws IOException;

    abstract void sendPost(Own post, @Nullable Long replyTo) throws IOException;

    abstract void sendEdit(String room, long seq, String text) throws IOException;

    abstract void sendDelete(String room, long seq) throws IOException;

    /** Waits until everything that was asked on the open connection is answered. */
    abstract void settle();

    /** Does something else that comes to mind: joins, leaves, drops the connection. */
    abstract void wander(Random random, String room) throws IOException;

    /** Makes the connection anew where it was dropped, so that what was not acknowledged is sent again. */
    abstract void reconnect() throws IOException;

    void step(Random random, String room) throws IOException {
        reconnect();
        int choice = random.nextInt(100);
        if (choice < 45) {
            post(random, room);
        } else if (choice < 60) {
            edit(random);
        } else if (choice < 68) {
            delete(random);
        } else {
            wander(random, room);
        }
        check();
    }

    private void post(Random random, String room) throws IOException {
        String text = "post " + ++made + " of " + name;
        Own post = new Own(room, name + "-" + made, text, new CompletableFuture<>());
        Own answered = random.nextInt(5) == 0 ? someOwn(random) : null;
        Long replyTo = answered != null && answered.room().equals(room) ? (Long) seqOf(answered) : null;
        ledger(room).wantsPost(userId, text, replyTo == null ? 0 : replyTo);
        own.add(post);
        sendPost(post, replyTo);
    }

    private void edit(Random random) throws IOException {
        Own post = someOwn(random);
        if (post != null) {
            String text = "edit " + ++made + " of " + name;
            long seq = seqOf(post);
            ledger(post.room()).wantsEdit(userId, seq, text);
            sendEdit(post.room(), seq, text);
        }
    }

    private void delete(Random random) throws IOException {
        Own post = someOwn(random);
        if (post != null) {
            long seq = seqOf(post);
            ledger(post.room()).wantsDelete(userId, seq);
            sendDelete(post.room(), seq);
        }
    }

    /** A message of one's own, the newer the likelier; null where there is none yet. */
    @Nullable
    Own someOwn(Random random) {
        int size = own.size();
        return size == 0 ? null : own.get(size - 1 - (int) (size * Math.pow(random.nextDouble(), 3)));
    }

    static long seqOf(Own post) {
        try {
            return post.seq().get(Wait.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("never acknowledged: " + post, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Takes an answer to a post. */
    void posted(Own post, Json receipt) {
        if (receipt.isType("error")) {
            fail("a post was refused: " + receipt);
            return;
        }
        long seq = receipt.number("seq");
        if (!post.seq().complete(seq) && post.seq().join() != seq) {
            fail("acknowledged at two places: " + post + " and " + receipt);
        }
        ledger(post.room()).acknowledged(post.text(), seq, receipt.number("change"));
    }

    /** Takes an answer to an edit. */
    void edited(String room, long seq, String text, Json receipt) {
        boolean refused = receipt.has("code");
        if (refused
                && !(receipt.text("code").equals("message_deleted")
                        && ledger(room).isDeletionWanted(seq))) {
            fail("an edit was refused: " + receipt);
        }
        if (!refused) {
            ledger(room).acknowledged(text, receipt.number("seq"), receipt.number("change"));
        }
    }

    Ledger ledger(String room) {
        return Objects.requireNonNull(ledgers.get(room));
    }

    ClientView view(String room) {
        return Objects.requireNonNull(views.get(room));
    }

    Iterable<ClientView> views() {
        return views.values();
    }

    List<Own> own() {
        return own;
    }

    void fail(String how) {
        failures.add(name + ": " + how);
    }

    void check() {
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.getFirst());
        }
        views.values().forEach(ClientView::check);
    }

    @Override
    public abstract void close();
}
