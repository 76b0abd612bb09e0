package chat.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.client.ClientEvent;
import chat.parley.model.Message;
import chat.parley.model.User;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final User ME = new User("m", "nik", true);
    private static final User ANN = new User("a", "ann", true);

    private static final class Paper implements Screen {
        final List<String> lines = new ArrayList<>();
        Runnable whilePrinting = () -> {};
        String status = "";
        boolean stopped;

        @Override
        public void print(AttributedString line) {
            whilePrinting.run();
            lines.add(line.toString());
        }

        @Override
        public void status(String text) {
            status = text;
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    private final Paper paper = new Paper();
    private long now;
    private final Conversation conversation =
            new Conversation("4", paper, MessageLines.brief(ZoneOffset.UTC), () -> now);

    @BeforeEach
    void comeIn() {
        conversation.heard(new ClientEvent.Connected(ME, false));
        conversation.heard(new ClientEvent.Joined("4", 2, "fish", false));
        paper.lines.clear();
    }

    private static Message message(long seq, User author, String text, String at, boolean edited, boolean deleted) {
        Instant time = Instant.parse(at);
        return new Message("4", seq, seq, author, text, time, edited ? time : null, deleted, null);
    }

    private void changed(long seq, User author, String text) {
        conversation.heard(
                new ClientEvent.Changed(message(seq, author, text, "2026-11-22T18:40:03Z", false, false), false));
    }

    @Test
    void aMessageStandsWithItsTimeItsNumberAndItsAuthor() {
        changed(1, ANN, "hello");
        assertThat(paper.lines).containsExactly("— Sunday, 22 November 2026 —", "18:40 #1 ann: hello");
    }

    /** The line editor completes and tells of typing while it keeps whoever prints waiting. */
    @Test
    void whatTheEditorAsksForIsToldWhileALineWaitsToBePrinted() {
        changed(1, ANN, "hello");
        List<String> told = new ArrayList<>();
        paper.whilePrinting = () -> {
            Thread editor = Thread.startVirtualThread(() -> {
                told.add(conversation.current());
                told.addAll(conversation.rooms());
                told.addAll(conversation.names());
            });
            try {
                assertThat(editor.join(Duration.ofSeconds(10))).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };

        changed(2, ANN, "again");

        assertThat(told).containsExactly("4", "4", "ann");
    }

    @Test
    void everyNewDayIsParted() {
        conversation.heard(new ClientEvent.History(
                "4",
                List.of(
                        message(1, ANN, "late", "2026-11-22T23:59:59Z", false, false),
                        message(2, ANN, "early", "2026-11-23T00:00:00Z", false, false)),
                false,
                0));
        assertThat(paper.lines)
                .containsExactly(
                        "— Sunday, 22 November 2026 —",
                        "23:59 #1 ann: late",
                        "— Monday, 23 November 2026 —",
                        "00:00 #2 ann: early");
    }

    @Test
    void editsDeletionsAndAnswersAreMarked() {
        changed(1, ANN, "helo");
        paper.lines.clear();
        String at = "2026-11-22T18:40:03Z";
        conversation.heard(new ClientEvent.Changed(message(1, ANN, "hello", at, true, false), false));
        conversation.heard(new ClientEvent.Changed(message(1, ANN, "", at, true, true), false));
        conversation.heard(
                new ClientEvent.Changed(new Message("4", 2, 4, ME, "hi", Instant.parse(at), null, false, 1L), false));
        assertThat(paper.lines)
                .containsExactly(
                        "18:40 #1 ann now says: hello (edited)",
                        "18:40 #1 ann deleted this message",
                        "18:40 #2 ↪#1 nik: hi");
    }

    @Test
    void nobodysTextCanPassForAnothersMessageOrSteerTheTerminal() {
        changed(1, new User("x", "mal\u001b[2J", true), "hi\n18:40 #2 ann: \u001b]0;owned\u0007");
        assertThat(paper.lines).last().isEqualTo("18:40 #1 mal␛[2J: hi\n      ¦ 18:40 #2 ann: ␛]0;owned␇");
    }

    @Test
    void anotherRoomsMessagesAreNamed() {
        conversation.enter("11");
        changed(1, ANN, "hello");
        assertThat(paper.lines).last().isEqualTo("18:40 [4] #1 ann: hello");
    }

    @Test
    void aResetShowsOnlyWhatWasNotShown() {
        conversation.heard(new ClientEvent.History(
                "4",
                List.of(
                        message(1, ANN, "old", "2026-11-22T18:40:03Z", false, false),
                        message(2, ANN, "new", "2026-11-22T18:40:03Z", false, false)),
                true,
                1));
        assertThat(paper.lines).last().isEqualTo("18:40 #2 ann: new");
        assertThat(paper.lines).noneMatch(line -> line.contains("old"));
    }

    @Test
    void othersComeAndGoButTheUserDoesNot() {
        conversation.heard(new ClientEvent.Presence("4", 3, List.of(ANN, ME), List.of()));
        conversation.heard(new ClientEvent.Presence("4", 2, List.of(), List.of(ANN)));
        assertThat(paper.lines).containsExactly("· ann came in", "· ann left");
        assertThat(paper.status).isEqualTo("4 · 2 online · fish");
    }

    @Test
    void aTypingNoticeFades() {
        conversation.heard(new ClientEvent.Typing("4", ANN));
        assertThat(paper.status).endsWith("ann is typing…");
        now += 6_000;
        conversation.refresh();
        assertThat(paper.status).doesNotContain("typing");
    }

    @Test
    void aLostConnectionIsToldOnceUntilItIsBack() {
        ClientEvent lost = new ClientEvent.Disconnected("The connection broke.", Duration.ZERO);
        conversation.heard(lost);
        conversation.heard(lost);
        assertThat(paper.lines).hasSize(1);
        assertThat(paper.status).contains("not connected");
        conversation.heard(new ClientEvent.Connected(ME, true));
        assertThat(paper.lines).last().isEqualTo("· The connection is back.");
    }

    @Test
    void theEndStopsTheScreen() {
        conversation.heard(new ClientEvent.Ended("The token is not valid."));
        assertThat(paper.stopped).isTrue();
        assertThat(conversation.endReason()).isEqualTo("The token is not valid.");
    }

    @Test
    void tabOffersCommandsRoomsAndNames() {
        changed(1, ANN, "hello");
        Completion completion = new Completion(conversation, List.of("/help", "/join"));
        assertThat(completion.offers("/h", 0)).containsExactly("/help", "/join");
        assertThat(completion.offers("/join 1", 1)).containsExactly("4");
        assertThat(completion.offers("hello a", 1)).containsExactly("ann");
    }

    @Test
    void aTargetIsANumberWithOrWithoutItsMark() {
        assertThat(SlashCommands.Target.of("#17 new text", 3)).isEqualTo(new SlashCommands.Target(17, "new text"));
        assertThat(SlashCommands.Target.of("17", 3)).isEqualTo(new SlashCommands.Target(17, ""));
        assertThat(SlashCommands.Target.of("new text", 3)).isEqualTo(new SlashCommands.Target(3, "new text"));
    }
}
