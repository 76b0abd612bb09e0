package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client says and when, told second by second. */
class SessionTest {
    private static final User ME = new User("c", "nik", true);

    private final Deque<ClientFrame> sent = new ArrayDeque<>();
    private final List<ClientEvent> told = new ArrayList<>();
    private final Session session = new Session(new Identity.Guest("nik"), new Outbox(10), new Session.Out() {
        @Override
        public void send(ClientFrame frame) {
            sent.add(frame);
        }

        @Override
        public void tell(ClientEvent event) {
            told.add(event);
        }

        @Override
        public void hangUp(Loss loss) {
            lost = loss;
            session().lost();
        }
    });
    private @Nullable Loss lost;
    /** Far from zero, and near to where the clock's numbers turn. */
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    private Session session() {
        return session;
    }

    private void pass(double seconds) {
        now += (long) (seconds * 1e9);
        session.tick(now);
    }

    private <F extends ClientFrame> F said(Class<F> type) {
        assertThat(sent.peek()).isInstanceOf(type);
        return type.cast(sent.remove());
    }

    private void hears(ServerFrame frame) {
        session.received(frame, now);
    }

    private void refuse(@Nullable Object ref, ProblemCode code, @Nullable Integer retryAfter) {
        hears(new ServerFrame.Failure(ref, new Problem(code, "Not now.", null, retryAfter)));
    }

    private SessionTest up() {
        session.opened(now);
        ClientFrame.Hello hello = said(ClientFrame.Hello.class);
        hears(new ServerFrame.Welcome(hello.ref(), ME, hello.token() == null ? "secret" : null, 25));
        return this;
    }

    private void in(String room) {
        session.join(room, 5);
        admit();
    }

    private void admit() {
        ClientFrame.Join join = said(ClientFrame.Join.class);
        hears(new ServerFrame.Joined(join.ref(), join.room(), "k1", 2, 2, 1, null, false));
        hears(new ServerFrame.Live(join.room(), 2));
    }

    private CompletableFuture<Receipt> say(String text) {
        return Objects.requireNonNull(
                session.post("4", new ClientFrame.Send(null, "4", text, "id-" + text, null), now));
    }

    private CompletableFuture<Receipt> delete(long seq) {
        return Objects.requireNonNull(session.post("4", new ClientFrame.Delete(null, "4", seq), now));
    }

    @Test
    void aMessageIsTriedAgainWhenTheServerSaysAndNotBefore() {
        up().in("4");
        CompletableFuture<Receipt> result = say("one");
        refuse(said(ClientFrame.Send.class).ref(), ProblemCode.RATE_LIMITED, 7);
        pass(6.9);
        assertThat(sent).isEmpty();
        pass(0.1);
        ClientFrame.Send again = said(ClientFrame.Send.class);
        hears(new ServerFrame.Sent(again.ref(), "4", 3, 3, again.id()));
        assertThat(result.join()).isEqualTo(new Receipt("4", 3, 3));
    }

    @Test
    void aServerThatIsBusyAndDoesNotSayForHowLongIsAskedAgainAfterASecond() {
        up().in("4");
        say("one");
        refuse(said(ClientFrame.Send.class).ref(), ProblemCode.BUSY, null);
        pass(0.9);
        assertThat(sent).isEmpty();
        pass(0.1);
        said(ClientFrame.Send.class);
    }

    @Test
    void whatIsTriedAgainIsNotOvertaken() {
        up().in("4");
        say("one");
        say("two");
        refuse(said(ClientFrame.Send.class).ref(), ProblemCode.BUSY, 2);
        say("three");
        assertThat(sent).isEmpty();
        pass(2);
        for (String text : List.of("one", "two", "three")) {
            ClientFrame.Send send = said(ClientFrame.Send.class);
            assertThat(send.text()).isEqualTo(text);
            hears(new ServerFrame.Sent(send.ref(), "4", 3, 3, send.id()));
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void aJoinIsTriedAgainWhenTheServerSays() {
        up();
        session.join("4", 5);
        refuse(said(ClientFrame.Join.class).ref(), ProblemCode.UNAVAILABLE, 4);
        pass(3.9);
        assertThat(sent).isEmpty();
        pass(0.1);
        admit();
        pass(5);
        assertThat(sent).isEmpty();
        assertThat(told).last().isInstanceOf(ClientEvent.History.class);
    }

    @Test
    void aJoinThatIsRefusedForGoodIsToldAndNotTriedAgain() {
        up();
        session.join("4", 5);
        session.read("4", 3);
        CompletableFuture<Receipt> waiting = say("one");
        refuse(said(ClientFrame.Join.class).ref(), ProblemCode.FORBIDDEN, null);
        assertThat(told).last().isInstanceOf(ClientEvent.JoinRefused.class);
        ClientFrame.Send send = said(ClientFrame.Send.class);
        refuse(send.ref(), ProblemCode.FORBIDDEN, null);
        assertThatThrownBy(waiting::join).hasMessageContaining("Not now.");
        pass(20);
        assertThat(sent).isEmpty();
    }

    @Test
    void aHelloThatIsRefusedForTheMomentIsTriedAgainWhenTheServerSays() {
        session.opened(now);
        refuse(said(ClientFrame.Hello.class).ref(), ProblemCode.RATE_LIMITED, 30);
        assertThat(lost).isEqualTo(new Loss("Not now.", true, Duration.ofSeconds(30)));
    }

    @Test
    void aHelloThatIsRefusedForGoodIsTheEnd() {
        session.opened(now);
        refuse(said(ClientFrame.Hello.class).ref(), ProblemCode.UNAUTHORIZED, null);
        assertThat(lost).isEqualTo(Loss.forGood("Not now."));
    }

    @Test
    void aComplaintAboutNothingInParticularIsPassedOn() {
        session.opened(now);
        refuse(99L, ProblemCode.INVALID, null);
        refuse("mine", ProblemCode.INVALID, null);
        refuse(null, ProblemCode.INVALID, null);
        assertThat(lost).isNull();
        assertThat(told).hasSize(3).allMatch(ClientEvent.Complaint.class::isInstance);
    }

    @Test
    void aServerThatDoesNotGreetIsGivenUpAfterTenSeconds() {
        session.opened(now);
        pass(10);
        assertThat(lost).isNull();
        pass(0.1);
        assertThat(lost).isEqualTo(Loss.passing("The server did not answer the greeting."));
        pass(60);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aServerThatIsSilentIsAskedAfterAHeartbeatAndGivenUpAfterTwo() {
        up();
        pass(25);
        assertThat(sent).isEmpty();
        pass(0.1);
        said(ClientFrame.Ping.class);
        pass(24.8);
        assertThat(sent).as("asked once").isEmpty();
        assertThat(lost).isNull();
        pass(0.2);
        assertThat(lost).isEqualTo(Loss.passing("The server has been silent for too long."));
    }

    @Test
    void aServerThatIsHeardIsKept() {
        up();
        for (int i = 0; i < 10; i++) {
            pass(20);
            session.heard(now);
        }
        pass(25.1);
        said(ClientFrame.Ping.class);
        hears(new ServerFrame.Pong(null));
        pass(25);
        assertThat(sent).isEmpty();
        pass(0.1);
        said(ClientFrame.Ping.class);
        assertThat(lost).isNull();
    }

    @Test
    void withoutAConnectionNothingIsSaid() {
        session.join("4", 5);
        say("one");
        session.typing("4");
        session.read("4", 1);
        pass(100);
        assertThat(sent).isEmpty();
        assertThat(lost).isNull();
    }

    @Test
    void whatIsReadIsToldOnceTheRoomIsJoinedAndOnlyTheFarthest() {
        up();
        session.join("4", 5);
        session.read("4", 7);
        session.read("4", 6);
        session.read("elsewhere", 9);
        admit();
        assertThat(said(ClientFrame.Read.class).seq()).isEqualTo(7);
        session.read("4", 8);
        assertThat(said(ClientFrame.Read.class).seq()).isEqualTo(8);
        assertThat(sent).isEmpty();
    }

    @Test
    void typingIsToldInARoomThatIsJoined() {
        up();
        session.typing("4");
        session.join("4", 5);
        session.typing("4");
        admit();
        assertThat(sent).isEmpty();
        session.typing("4");
        assertThat(said(ClientFrame.Typing.class).room()).isEqualTo("4");
    }

    @Test
    void aRoomIsLeftOnceAndNotJoinedAgain() {
        up().in("4");
        session.leave("4", now);
        session.leave("4", now);
        assertThat(said(ClientFrame.Leave.class).room()).isEqualTo("4");
        assertThat(told).last().isEqualTo(new ClientEvent.Left("4"));
        session.lost();
        up();
        assertThat(sent).isEmpty();
        hears(new ServerFrame.Live("4", 9));
        assertThat(told).last().isEqualTo(new ClientEvent.Connected(ME, true));
    }

    @Test
    void aRoomThatWasNotJoinedYetIsLeftWithoutAWordAndItsMessagesGoOut() {
        up();
        session.join("4", 5);
        refuse(said(ClientFrame.Join.class).ref(), ProblemCode.BUSY, 3);
        say("one");
        assertThat(sent).isEmpty();
        session.leave("4", now);
        said(ClientFrame.Send.class);
        pass(5);
        assertThat(sent).isEmpty();
    }

    @Test
    void afterABreakAllRoomsAreJoinedAtOnceThoughOneWasToWait() {
        up();
        session.join("4", 5);
        session.join("5", 5);
        refuse(said(ClientFrame.Join.class).ref(), ProblemCode.BUSY, 3_600);
        said(ClientFrame.Join.class);
        session.lost();
        up();
        assertThat(said(ClientFrame.Join.class).room()).isEqualTo("4");
        assertThat(said(ClientFrame.Join.class).room()).isEqualTo("5");
        pass(3_600);
        assertThat(sent).isEmpty();
    }

    @Test
    void aMessageThatWasDeletedByTheTryBeforeIsDeleted() {
        up().in("4");
        CompletableFuture<Receipt> deleted = delete(2);
        said(ClientFrame.Delete.class);
        session.lost();
        up();
        admit();
        refuse(said(ClientFrame.Delete.class).ref(), ProblemCode.MESSAGE_DELETED, null);
        assertThat(deleted.join()).isEqualTo(new Receipt("4", 2, 0));
    }

    @Test
    void aMessageThatSomebodyDeletedBeforeCannotBeDeleted() {
        up().in("4");
        CompletableFuture<Receipt> deleted = delete(2);
        refuse(said(ClientFrame.Delete.class).ref(), ProblemCode.MESSAGE_DELETED, null);
        assertThatThrownBy(deleted::join).hasMessageContaining("Not now.");
    }

    @Test
    void whatOthersDoIsTold() {
        up().in("4");
        hears(new ServerFrame.Typing("4", ME));
        assertThat(told).last().isEqualTo(new ClientEvent.Typing("4", ME));
        hears(new ServerFrame.RoomChanged("4", "fish"));
        assertThat(told).last().isEqualTo(new ClientEvent.TopicChanged("4", "fish"));
        hears(new ServerFrame.Read("4", 9));
        assertThat(told).last().isEqualTo(new ClientEvent.Read("4", 9));
        hears(new ServerFrame.Presence("4", 3, List.of(ME), List.of()));
        assertThat(told).last().isEqualTo(new ClientEvent.Presence("4", 3, List.of(ME), List.of()));
        Message message = new Message("4", 3, 3, ME, "text", Instant.EPOCH, null, false, null);
        hears(new ServerFrame.Changed(message));
        assertThat(told).last().isEqualTo(new ClientEvent.Changed(message, false));
    }

    @Test
    void whatWasSaidBeforeTheConnectionGoesOutWithIt() {
        say("one");
        assertThat(up().said(ClientFrame.Send.class).text()).isEqualTo("one");
        assertThat(told).containsExactly(new ClientEvent.Connected(ME, false));
    }

    @Test
    void afterTheLossOfAConnectionNothingIsSaid() {
        up().in("4");
        session.lost();
        session.typing("4");
        session.read("4", 2);
        say("one");
        session.leave("4", now);
        pass(100);
        assertThat(sent).isEmpty();
        up();
        said(ClientFrame.Send.class);
        assertThat(told).contains(new ClientEvent.Connected(ME, true));
    }

    @Test
    void afterARefusalTheNextMessageGoesOutAtOnce() {
        up().in("4");
        CompletableFuture<Receipt> refused = say("one");
        say("two");
        refuse(said(ClientFrame.Send.class).ref(), ProblemCode.FORBIDDEN, null);
        assertThat(said(ClientFrame.Send.class).text()).isEqualTo("two");
        assertThatThrownBy(refused::join).hasMessageContaining("Not now.");
    }

    @Test
    void everythingThatIsToBeAnsweredHasARefOfItsOwn() {
        up();
        session.join("5", 5);
        session.post("6", new ClientFrame.Send(null, "6", "one", "id-1", null), now);
        session.post("7", new ClientFrame.Send(null, "7", "two", "id-2", null), now);
        session.join("8", 5);
        assertThat(sent.stream().map(ClientFrame::ref)).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void theRefusalOfAJoinIsOfThatRoomAlone() {
        up().in("4");
        session.join("5", 5);
        session.join("6", 5);
        ClientFrame.Join five = said(ClientFrame.Join.class);
        ClientFrame.Join six = said(ClientFrame.Join.class);
        refuse(six.ref(), ProblemCode.FORBIDDEN, null);
        assertThat(told)
                .last()
                .isInstanceOfSatisfying(
                        ClientEvent.JoinRefused.class,
                        refused -> assertThat(refused.room()).isEqualTo("6"));
        hears(new ServerFrame.Joined(five.ref(), "5", "k1", 0, 0, 1, null, false));
        assertThat(told).last().isInstanceOf(ClientEvent.Joined.class);
    }

    @Test
    void aGapIsFilledByJoiningAfterTheLastChangeAndARepeatIsPassedOver() {
        up().in("4");
        hears(change(3));
        int before = told.size();
        hears(change(3));
        assertThat(told).hasSize(before);
        assertThat(sent).isEmpty();
        hears(change(5));
        assertThat(told).hasSize(before);
        ClientFrame.Join join = said(ClientFrame.Join.class);
        assertThat(join.after()).isEqualTo(3);
        hears(new ServerFrame.Joined(join.ref(), "4", "k1", 5, 5, 1, null, false));
        hears(change(3));
        hears(change(4));
        hears(change(5));
        hears(new ServerFrame.Live("4", 5));
        assertThat(told.subList(before, told.size()).stream()
                        .filter(ClientEvent.Changed.class::isInstance)
                        .map(event -> ((ClientEvent.Changed) event).message().change()))
                .containsExactly(4L, 5L);
    }

    private static ServerFrame change(long change) {
        return new ServerFrame.Changed(new Message("4", change, change, ME, "text", Instant.EPOCH, null, false, null));
    }
}
