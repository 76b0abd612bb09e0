package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The judge of the other tests is judged here: it accepts what the contract allows, and sees each breach. */
class ClientViewTest {
    private final ClientView view = new ClientView("nik", "4");

    @Test
    void historyThenLiveChangesAreFine() {
        history(3, 3, 1, 2, 3);
        message(4, 4);
        message(2, 5);
        assertThatCode(view::check).doesNotThrowAnyException();
    }

    @Test
    void aHoleInLiveChangesIsSeen() {
        history(1, 1, 1);
        message(3, 3);
        breached("live change 3 came after 1");
    }

    @Test
    void aRepeatedLiveChangeIsSeen() {
        history(1, 1, 1);
        message(2, 2);
        message(2, 2);
        breached("live change 2 came after 2");
    }

    @Test
    void historyOutOfOrderIsSeen() {
        history(3, 3, 1, 3, 2);
        breached("history goes from seq 1 to 3");
    }

    @Test
    void historyWithoutTheNewestIsSeen() {
        history(3, 3, 1, 2);
        breached("history ends with seq 2");
    }

    @Test
    void tooLittleHistoryIsSeen() {
        history(3, 3, 2, 3);
        breached("history showed 2 messages");
    }

    @Test
    void aResumeInOrderIsFineAndGoesOn() {
        history(1, 1, 1);
        resume(false, 5);
        message(1, 3);
        message(3, 5);
        live(5);
        message(4, 6);
        assertThatCode(view::check).doesNotThrowAnyException();
    }

    @Test
    void aResumeThatRepeatsIsSeen() {
        history(1, 1, 1);
        resume(false, 3);
        message(1, 1);
        breached("brought change 1");
    }

    @Test
    void aResumeOutOfOrderIsSeen() {
        history(1, 1, 1);
        resume(false, 5);
        message(3, 5);
        message(2, 4);
        breached("brought change 4");
    }

    @Test
    void aResumeThatIsRefusedWithoutNeedIsSeen() {
        history(1, 1, 1);
        resume(true, 3);
        breached("with limit 500 and got");
    }

    @Test
    void aResumeThatIsGivenBeyondItsLimitIsSeen() {
        history(1, 1, 1);
        resume(false, 502);
        breached("with limit 500 and got");
    }

    @Test
    void goingLiveElsewhereThanJoinedIsSeen() {
        history(1, 1, 1);
        resume(false, 5);
        live(4);
        breached("live at 4, but joined at 5");
    }

    @Test
    void aMessageAfterLeavingIsSeen() {
        history(1, 1, 1);
        view.away();
        message(2, 2);
        breached("while not in the room");
    }

    private void history(long seq, long change, long... shown) {
        view.askingHistory(50);
        joined(seq, change, false);
        for (long each : shown) {
            message(each, each);
        }
        live(change);
    }

    private void resume(boolean reset, long change) {
        view.askingResume(500);
        joined(change, change, reset);
    }

    private void joined(long seq, long change, boolean reset) {
        view.take(Json.of("type", "joined", "room", "4", "epoch", "k3", "seq", seq, "change", change, "reset", reset));
    }

    private void message(long seq, long change) {
        view.take(Json.of("type", "message", "room", "4", "seq", seq, "change", change, "text", "hello"));
    }

    private void live(long change) {
        view.take(Json.of("type", "live", "room", "4", "change", change));
    }

    private void breached(String how) {
        assertThatThrownBy(view::check).hasMessageContaining(how);
    }
}
