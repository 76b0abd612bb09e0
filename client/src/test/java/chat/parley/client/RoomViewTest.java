package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.wire.ServerFrame;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomViewTest {
    private static final User ANN = new User("a", "ann", true);

    private static Message message(long seq, long change) {
        return new Message("4", seq, change, ANN, "text", Instant.EPOCH, null, false, null);
    }

    private static ServerFrame changed(long seq, long change) {
        return new ServerFrame.Changed(message(seq, change));
    }

    private static ServerFrame joined(long ref, String epoch, boolean reset) {
        return new ServerFrame.Joined(ref, "4", epoch, 2, 3, 1, null, reset);
    }

    private static RoomView after(RoomView view, ServerFrame... frames) {
        for (ServerFrame frame : frames) {
            view = view.apply(frame).next();
        }
        return view;
    }

    private static RoomView liveAt(long change) {
        return after(RoomView.of("4", 50).asked(1), joined(1, "k1", false), new ServerFrame.Live("4", change));
    }

    @Test
    void historyIsToldWholeOnceItIsThere() {
        RoomView filling = after(RoomView.of("4", 50).asked(1), joined(1, "k1", false), changed(1, 3), changed(2, 2));
        RoomView.Step step = filling.apply(new ServerFrame.Live("4", 3));
        assertThat(step.events())
                .containsExactly(new ClientEvent.History("4", List.of(message(1, 3), message(2, 2)), false, 0));
        assertThat(step.next().change()).isEqualTo(3);
    }

    @Test
    void aHistoryThatBreaksOffIsAskedForAgain() {
        RoomView broken = after(RoomView.of("4", 50).asked(1), joined(1, "k1", false), changed(1, 3))
                .apart();
        assertThat(broken.join(2).after()).isNull();
        assertThat(broken.join(2).last()).isEqualTo(50);
    }

    @Test
    void aResumeAsksForWhatComesAfterTheLastChange() {
        RoomView away = after(liveAt(3), changed(3, 4)).apart();
        assertThat(away.join(2).after()).isEqualTo(4);
        assertThat(away.join(2).epoch()).isEqualTo("k1");
    }

    @Test
    void aRepeatIsNotShown() {
        assertThat(liveAt(3).apply(changed(2, 3)).events()).isEmpty();
        assertThat(after(liveAt(3), changed(3, 4)).apply(changed(3, 4)).events())
                .isEmpty();
    }

    @Test
    void aHoleIsNotShownButAskedAbout() {
        RoomView.Step step = liveAt(3).apply(changed(4, 5));
        assertThat(step.gap()).isTrue();
        assertThat(step.events()).isEmpty();
        assertThat(step.next().join(2).after()).isEqualTo(3);
    }

    @Test
    void aResumeMaySkipNumbers() {
        RoomView.Step step =
                after(liveAt(3).apart().asked(2), joined(2, "k1", false)).apply(changed(1, 9));
        assertThat(step.gap()).isFalse();
        assertThat(step.events()).containsExactly(new ClientEvent.Changed(message(1, 9), true));
    }

    @Test
    void aPositionToldLaterMovesTheView() {
        RoomView view = after(liveAt(3), new ServerFrame.Live("4", 7));
        assertThat(view.apply(changed(4, 8)).events()).hasSize(1);
    }

    @Test
    void aResetTellsThatWhatWasShownIsToBeDropped() {
        RoomView view = after(liveAt(3).apart().asked(2), joined(2, "k1", true), changed(60, 70));
        assertThat(view.apply(new ServerFrame.Live("4", 70)).events())
                .containsExactly(new ClientEvent.History("4", List.of(message(60, 70)), true, 3));
    }

    @Test
    void anotherEpochForgetsThePositionEvenWithoutAReset() {
        RoomView view = after(liveAt(3).apart().asked(2), joined(2, "k2", false), changed(1, 1));
        assertThat(view.apply(new ServerFrame.Live("4", 1)).events())
                .containsExactly(new ClientEvent.History("4", List.of(message(1, 1)), true, 0));
    }

    @Test
    void theAnswerToAnEarlierJoinIsNotTakenForThatToALaterOne() {
        RoomView view = after(liveAt(3).apart().asked(3), joined(2, "k1", false));
        assertThat(view.isJoined()).isFalse();
    }
}
