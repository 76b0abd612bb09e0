package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.client.ScriptedServer.Peer;
import chat.parley.model.Message;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParleyClientTest {
    private final ScriptedServer server = new ScriptedServer();
    private final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();
    private ParleyClient client;

    @BeforeEach
    void connect() throws ParleyException {
        client = ParleyClient.connect(ServerAddress.of(server.url()), new Identity.Guest("nik"), events::add);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private <E extends ClientEvent> E await(Class<E> type) throws InterruptedException {
        while (true) {
            ClientEvent event = events.poll(10, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + type.getSimpleName() + " came");
            }
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private Peer welcomed(Peer peer) throws InterruptedException {
        ClientFrame.Hello hello = peer.take(ClientFrame.Hello.class);
        peer.say(new ServerFrame.Welcome(
                hello.ref(), ScriptedServer.CLIENT, hello.token() == null ? "secret" : null, 25));
        return peer;
    }

    private Peer joined(Peer peer) throws InterruptedException {
        ClientFrame.Join join = peer.take(ClientFrame.Join.class);
        peer.say(new ServerFrame.Joined(join.ref(), "4", "k1", 2, 2, 1, null, false));
        peer.say(new ServerFrame.Live("4", 2));
        return peer;
    }

    private static ServerFrame message(long seq, long change) {
        return new ServerFrame.Changed(
                new Message("4", seq, change, ScriptedServer.CLIENT, "text", Instant.EPOCH, null, false, null));
    }

    @Test
    void whatComesAfterAJoinIsTold() throws InterruptedException {
        client.join("4", 7);
        Peer peer = welcomed(server.take());
        assertThat(await(ClientEvent.Connected.class).user()).isEqualTo(ScriptedServer.CLIENT);
        ClientFrame.Join join = peer.take(ClientFrame.Join.class);
        assertThat(join.last()).isEqualTo(7);
        peer.say(new ServerFrame.Joined(join.ref(), "4", "k1", 1, 1, 1, "fish", false));
        peer.say(message(1, 1));
        peer.say(new ServerFrame.Live("4", 1));
        peer.say(message(2, 2));
        assertThat(await(ClientEvent.Joined.class).topic()).isEqualTo("fish");
        assertThat(await(ClientEvent.History.class).messages()).hasSize(1);
        assertThat(await(ClientEvent.Changed.class).message().seq()).isEqualTo(2);
    }

    @Test
    void afterABreakItComesBackAsTheSameUserAndResumesAfterTheLastChange() throws InterruptedException {
        client.join("4", 7);
        Peer first = joined(welcomed(server.take()));
        first.say(message(3, 3));
        await(ClientEvent.Changed.class);
        first.close(4_000);
        await(ClientEvent.Disconnected.class);

        Peer second = server.take();
        ClientFrame.Hello hello = second.take(ClientFrame.Hello.class);
        assertThat(hello.token()).isEqualTo("secret");
        second.say(new ServerFrame.Welcome(hello.ref(), ScriptedServer.CLIENT, null, 25));
        assertThat(await(ClientEvent.Connected.class).again()).isTrue();
        ClientFrame.Join join = second.take(ClientFrame.Join.class);
        assertThat(join.after()).isEqualTo(3);
        assertThat(join.epoch()).isEqualTo("k1");
    }

    @Test
    void whatWasNotAcknowledgedGoesOutAgainUnderTheSameIdAndInOrder() throws Exception {
        client.join("4", 0);
        Peer first = joined(welcomed(server.take()));
        CompletableFuture<Receipt> one = client.send("4", "one");
        CompletableFuture<Receipt> two = client.send("4", "two");
        String id = first.take(ClientFrame.Send.class).id();
        first.close(1_001);
        await(ClientEvent.Disconnected.class);
        CompletableFuture<Receipt> three = client.send("4", "three");

        Peer second = joined(welcomed(server.take()));
        long seq = 10;
        for (String text : new String[] {"one", "two", "three"}) {
            ClientFrame.Send send = second.take(ClientFrame.Send.class);
            assertThat(send.text()).isEqualTo(text);
            assertThat(send.id().equals(id)).isEqualTo(text.equals("one"));
            second.say(new ServerFrame.Sent(send.ref(), "4", seq, seq, send.id()));
            seq++;
        }
        assertThat(one.get().seq()).isEqualTo(10);
        assertThat(two.get().seq()).isEqualTo(11);
        assertThat(three.get().seq()).isEqualTo(12);
    }

    @Test
    void aServerThatIsTooBusyIsAskedAgain() throws Exception {
        client.join("4", 0);
        Peer peer = joined(welcomed(server.take()));
        CompletableFuture<Receipt> result = client.send("4", "one");
        ClientFrame.Send send = peer.take(ClientFrame.Send.class);
        peer.say(new ServerFrame.Failure(send.ref(), new Problem(ProblemCode.BUSY, "Later.", null, 1)));
        ClientFrame.Send again = peer.take(ClientFrame.Send.class);
        assertThat(again.id()).isEqualTo(send.id());
        peer.say(new ServerFrame.Sent(again.ref(), "4", 1, 1, again.id()));
        assertThat(result.get().seq()).isEqualTo(1);
    }

    @Test
    void aCloseCodeOfDoNotComeBackEndsIt() throws InterruptedException {
        CompletableFuture<Receipt> waiting = client.send("4", "never");
        Peer peer = server.take();
        peer.take(ClientFrame.Hello.class);
        peer.close(4_503);
        assertThat(await(ClientEvent.Ended.class).reason()).contains("token");
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(ParleyException.class);
        assertThatThrownBy(client.send("4", "later")::get).hasCauseInstanceOf(ParleyException.class);
    }

    @Test
    void aRefusedTokenEndsIt() throws InterruptedException {
        Peer peer = server.take();
        Object ref = peer.take(ClientFrame.Hello.class).ref();
        peer.say(new ServerFrame.Failure(ref, new Problem(ProblemCode.UNAUTHORIZED, "The token is not known.")));
        assertThat(await(ClientEvent.Ended.class).reason()).isEqualTo("The token is not known.");
    }

    @Test
    void aRefusedMessageFailsAndTheNextOneGoesOn() throws Exception {
        client.join("4", 0);
        Peer peer = joined(welcomed(server.take()));
        CompletableFuture<Receipt> refused = client.reply("4", 99, "to nobody");
        CompletableFuture<Receipt> next = client.send("4", "next");
        ClientFrame.Send send = peer.take(ClientFrame.Send.class);
        assertThat(send.replyTo()).isEqualTo(99);
        peer.say(new ServerFrame.Failure(send.ref(), new Problem(ProblemCode.NOT_FOUND, "No such message.")));
        send = peer.take(ClientFrame.Send.class);
        peer.say(new ServerFrame.Sent(send.ref(), "4", 1, 1, send.id()));
        assertThat(next.get().seq()).isEqualTo(1);
        assertThatThrownBy(refused::get).hasMessageContaining("No such message.");
    }

    @Test
    void moreThanTheOutboxHoldsIsRefused() {
        CompletableFuture<Receipt> last = client.send("4", "first");
        for (int i = 0; i < ParleyClient.OUTBOX_CAPACITY; i++) {
            last = client.send("4", "text");
        }
        assertThatThrownBy(last::get).hasMessageContaining("Too much waits");
    }

    @Test
    void anAddressWithoutAParleyServerEndsIt() throws Exception {
        BlockingQueue<ClientEvent> others = new LinkedBlockingQueue<>();
        try (ScriptedServer plain = ScriptedServer.withoutSocket();
                ParleyClient stray =
                        ParleyClient.connect(ServerAddress.of(plain.url()), new Identity.Guest("nik"), others::add)) {
            assertThat(stray.user()).isEmpty();
            assertThat(others.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            ClientEvent.Ended.class,
                            ended -> assertThat(ended.reason()).contains("no Parley server"));
        }
    }

    @Test
    void aCloseCodeOfComeBackIsFollowedByAnotherConnection() throws InterruptedException {
        welcomed(server.take()).close(4_429);
        await(ClientEvent.Disconnected.class);
        welcomed(server.take());
        assertThat(await(ClientEvent.Connected.class).again()).isTrue();
    }

    @Test
    void aFrameWithoutEndIsNotTakenIn() throws InterruptedException {
        Peer peer = welcomed(server.take());
        peer.sayEndlessly("x".repeat(64 * 1024), 64);
        assertThat(await(ClientEvent.Disconnected.class).reason()).isEqualTo("The server sent too large a frame.");
        welcomed(server.take());
    }

    @Test
    void aFrameInPiecesAndOneThatIsNearlyTooLargeAreTakenIn() throws InterruptedException {
        Peer peer = welcomed(server.take());
        await(ClientEvent.Connected.class);
        peer.sayRaw("{\"type\":\"pong\",\"x\":\"" + "x".repeat(1_000_000) + "\"}");
        peer.sayRaw("{\"type\":\"pong\",\"x\":\"" + "x".repeat(1_000_000) + "\"}");
        client.join("4", 1);
        joined(peer);
        await(ClientEvent.Joined.class);
    }

    @Test
    void aServerThatCannotBeUnderstoodIsLeft() throws InterruptedException {
        welcomed(server.take()).sayRaw("{\"type\":");
        assertThat(await(ClientEvent.Disconnected.class).reason()).contains("cannot read");
        welcomed(server.take());
    }

    @Test
    void aServerThatBreaksEachConnectionIsAskedLessAndLess() throws Exception {
        BlockingQueue<ClientEvent> others = new LinkedBlockingQueue<>();
        try (ScriptedServer other = new ScriptedServer();
                ParleyClient patient = ParleyClient.builder(ServerAddress.of(other.url()), new Identity.Guest("nik"))
                        .random(new BackoffTest.Most())
                        .connect((from, event) -> others.add(event))) {
            for (int millis : new int[] {500, 1_000}) {
                welcomed(other.take()).close(1_001);
                assertThat(others.poll(10, TimeUnit.SECONDS)).isInstanceOf(ClientEvent.Connected.class);
                assertThat(others.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(
                                new ClientEvent.Disconnected("The server is going away.", Duration.ofMillis(millis)));
            }
            welcomed(other.take());
            assertThat(patient.user()).contains(ScriptedServer.CLIENT);
        }
    }

    @Test
    void aServerThatAsksToBeLeftAloneIs() throws Exception {
        BlockingQueue<ClientEvent> others = new LinkedBlockingQueue<>();
        try (ScriptedServer busy = ScriptedServer.refusing(503, 20);
                ParleyClient patient =
                        ParleyClient.connect(ServerAddress.of(busy.url()), new Identity.Guest("nik"), others::add)) {
            assertThat(others.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(ClientEvent.Disconnected.class, lost -> {
                        assertThat(lost.reason()).contains("cannot take connections just now (status 503)");
                        assertThat(lost.retryIn()).isBetween(Duration.ofSeconds(20), Duration.ofMillis(20_500));
                    });
            assertThat(patient.user()).isEmpty();
        }
    }

    @Test
    void whatAClientIsToldAndSaysAsWhomItIs() throws Exception {
        assertThat(client.token()).isEmpty();
        welcomed(server.take());
        await(ClientEvent.Connected.class);
        assertThat(client.user()).contains(ScriptedServer.CLIENT);
        assertThat(client.token()).contains("secret");
        assertThat(new Identity.Token("secret")).hasToString("Token[…]");
    }

    @Test
    void everythingThatCanBeSaidIsSaid() throws Exception {
        client.join("4", 500);
        Peer peer = welcomed(server.take());
        assertThat(peer.take(ClientFrame.Join.class)).satisfies(join -> {
            assertThat(join.last()).isEqualTo(200);
            peer.say(new ServerFrame.Joined(join.ref(), "4", "k1", 2, 2, 1, null, false));
            peer.say(new ServerFrame.Live("4", 2));
        });
        await(ClientEvent.History.class);
        client.typing("4");
        peer.take(ClientFrame.Typing.class);
        client.read("4", 2);
        assertThat(peer.take(ClientFrame.Read.class).seq()).isEqualTo(2);
        CompletableFuture<Receipt> edited = client.edit("4", 2, "better");
        ClientFrame.Edit edit = peer.take(ClientFrame.Edit.class);
        assertThat(edit.text()).isEqualTo("better");
        peer.say(new ServerFrame.Sent(edit.ref(), "4", 2, 3, null));
        assertThat(edited.get()).isEqualTo(new Receipt("4", 2, 3));
        CompletableFuture<Receipt> deleted = client.delete("4", 2);
        ClientFrame.Delete delete = peer.take(ClientFrame.Delete.class);
        assertThat(delete.seq()).isEqualTo(2);
        peer.say(new ServerFrame.Sent(delete.ref(), "4", 2, 4, null));
        assertThat(deleted.get()).isEqualTo(new Receipt("4", 2, 4));
        client.leave("4");
        peer.take(ClientFrame.Leave.class);
        assertThat(await(ClientEvent.Left.class).room()).isEqualTo("4");
    }

    @Test
    void whatNoServerTakesIsRefusedAtOnce() {
        assertThatThrownBy(client.send("a b", "text")::get).hasMessageContaining("A room's name must be");
        assertThatThrownBy(client.send("4", "")::get).hasMessageContaining("A message must be");
        assertThatThrownBy(client.delete("", 1)::get).hasMessageContaining("A room's name must be");
    }

    @Test
    void whatWaitsWhenTheClientIsClosedFails() throws Exception {
        CompletableFuture<Receipt> waiting = client.send("4", "one");
        Peer peer = welcomed(server.take());
        client.close();
        client.close();
        assertThatThrownBy(waiting::get).hasMessageContaining("closed before this was stored");
        assertThatThrownBy(client.send("4", "two")::get).hasMessageContaining("The client is closed.");
        assertThat(peer.awaitClose()).isEqualTo((short) 1_000);
        client.awaitEnd();
    }
}
