package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.RoomState;
import chat.parley.server.store.BatchState.Place;
import chat.parley.server.store.BatchState.ReadKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a batch changes in the log, and what its writers are told.
 *
 * @param outcomes one for each write, in their order
 * @param grown the rooms whose log grew, as they are now
 * @param topics the rooms whose topic changed, as they are now
 * @param posted the new messages, in their form at the end of the batch
 * @param changed messages of earlier batches that were edited or deleted
 * @param revisions the forms that newer changes replaced
 * @param deleted where the text of all revisions goes too
 * @param reads the read marks that moved
 */
record BatchPlan(
        List<Outcome> outcomes,
        List<RoomState> grown,
        List<RoomState> topics,
        List<Posted> posted,
        List<Message> changed,
        List<Revision> revisions,
        List<Place> deleted,
        Map<ReadKey, Long> reads) {
    /**
     * A new message.
     *
     * @param clientId the sender's own id of it, or null
     */
    record Posted(Message message, @Nullable String clientId) {}

    /** What a message was under an earlier change. */
    record Revision(
            String room,
            long change,
            long seq,
            String text,
            @Nullable Instant editedAt) {
        static Revision of(Message message) {
            return new Revision(message.room(), message.change(), message.seq(), message.text(), message.editedAt());
        }
    }
}
