package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.wire.ClientFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random talk over a connection that breaks at random, against a server in memory. */
class SessionPropertyTest {
    /** Somebody who looks at what the client tells, and nothing else. */
    private static final class Onlooker {
        final TreeMap<Long, Message> seen = new TreeMap<>();
        final Set<String> forms = new HashSet<>();
        long lastChange;
        /** The place from which on everything must be seen. */
        long floor = 1;

        void heard(ClientEvent event) {
            switch (event) {
                case ClientEvent.History history -> {
                    if (history.reset()) {
                        seen.clear();
                    }
                    floor = history.messages().isEmpty()
                            ? 1
                            : history.messages().getFirst().seq();
                    if (history.seenThrough() == 0) {
                        // Another epoch numbers its changes as it likes.
                        forms.clear();
                    }
                    for (Message message : history.messages()) {
                        boolean shownBefore = !forms.add(message.seq() + "@" + message.change());
                        assertThat(shownBefore)
                                .as("only forms up to seenThrough were shown")
                                .isEqualTo(shownBefore && message.change() <= history.seenThrough());
                        seen.put(message.seq(), message);
                        lastChange = Math.max(lastChange, message.change());
                    }
                }
                case ClientEvent.Changed changed -> {
                    Message message = changed.message();
                    assertThat(forms.add(message.seq() + "@" + message.change()))
                            .as("shown once")
                            .isTrue();
                    assertThat(message.change()).as("in order").isGreaterThan(lastChange);
                    lastChange = message.change();
                    seen.put(message.seq(), message);
                }
                default -> {}
            }
        }
    }

    private static final class Network implements Session.Out {
        final ModelServer server;
        final Onlooker onlooker;
        boolean connected;

        Network(ModelServer server, Onlooker onlooker) {
            this.server = server;
            this.onlooker = onlooker;
        }

        @Override
        public void send(ClientFrame frame) {
            server.toServer.add(frame);
        }

        @Override
        public void tell(ClientEvent event) {
            onlooker.heard(event);
        }

        @Override
        public void hangUp(Loss loss) {
            throw new AssertionError(loss.reason());
        }
    }

    @Property(tries = 500)
    void everyFormIsShownOnceAndEveryMessageIsStoredOnceInOrder(@ForAll long seed) {
        Random random = new Random(Long.getLong("parley.seed", seed));
        ModelServer server = new ModelServer(random);
        Onlooker onlooker = new Onlooker();
        Network network = new Network(server, onlooker);
        Session session = new Session(new Identity.Guest("client"), new Outbox(1_000), network);
        List<String> said = new ArrayList<>();
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        long now = 0;
        for (int i = random.nextInt(8); i > 0; i--) {
            server.otherActs();
        }
        session.join(ModelServer.ROOM, 3);
        for (int step = 0; step < 400; step++) {
            now += TimeUnit.MILLISECONDS.toNanos(100);
            if (!network.connected) {
                connect(session, network, now);
            }
            switch (random.nextInt(32)) {
                case 0 -> disconnect(session, network);
                case 1, 2, 3 -> {
                    said.add("mine " + step);
                    receipts.add(session.post(
                            ModelServer.ROOM,
                            new ClientFrame.Send(null, ModelServer.ROOM, "mine " + step, "id" + step, null),
                            now));
                }
                case 4, 5, 6 -> server.otherActs();
                case 7 -> server.repeatNewest();
                case 8 -> server.actSilently();
                case 9 -> session.tick(now);
                case 10 -> {
                    if (random.nextInt(20) == 0) {
                        disconnect(session, network);
                        server.newEpoch();
                    }
                }
                default -> {
                    if (random.nextBoolean()) {
                        server.takeOne();
                    } else if (!server.toClient.isEmpty()) {
                        session.received(server.toClient.poll(), now);
                    }
                }
            }
        }
        settle(session, network, now);

        assertThat(onlooker.seen).isNotEmpty();
        assertThat(onlooker.seen.tailMap(onlooker.floor, true))
                .as("no hole: what is seen is the end of the room, in its newest form")
                .isEqualTo(server.messages.tailMap(onlooker.floor, true));
        assertThat(server.messages).as("older ones that changed too").containsAllEntriesOf(onlooker.seen);
        assertThat(server.messages.values().stream()
                        .filter(message -> message.author().name().equals("client"))
                        .map(message ->
                                message.deleted() ? null : message.text().replace("!", ""))
                        .toList())
                .as("exactly once, in order")
                .hasSameSizeAs(said)
                .allSatisfy(
                        text -> assertThat(text == null || said.contains(text)).isTrue())
                .satisfies(stored -> {
                    for (int i = 0; i < said.size(); i++) {
                        assertThat(stored.get(i)).isIn(null, said.get(i));
                    }
                });
        assertThat(receipts).allMatch(CompletableFuture::isDone);
        assertThat(server.tokensSeen).containsOnly("secret");
    }

    private static void connect(Session session, Network network, long now) {
        network.connected = true;
        session.opened(now);
    }

    private static void disconnect(Session session, Network network) {
        if (network.connected) {
            network.connected = false;
            network.server.breakConnection();
            session.lost();
        }
    }

    /** A break (so that a token is used at least once), a sound connection, and a change that lays open what was kept silent. */
    private static void settle(Session session, Network network, long from) {
        disconnect(session, network);
        long now = from;
        connect(session, network, now);
        for (int round = 0; round < 2_000; round++) {
            now += TimeUnit.MILLISECONDS.toNanos(100);
            session.tick(now);
            network.server.takeOne();
            while (!network.server.toClient.isEmpty()) {
                session.received(network.server.toClient.poll(), now);
            }
            if (round % 500 == 499) {
                network.server.otherActs();
            }
        }
        while (!network.server.toClient.isEmpty()) {
            session.received(network.server.toClient.poll(), now);
        }
    }
}
