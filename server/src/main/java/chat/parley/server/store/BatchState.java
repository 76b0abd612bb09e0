package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.RoomState;
import java.util.Map;
import java.util.Set;

/**
 * What the log holds of all that a batch of writes touches, read in the transaction that will store the batch.
 *
 * @param rooms the rooms named in the batch that are there, by name
 * @param opened names of those that were made in this very transaction, for a write of the batch that opens them
 * @param messages those that the batch edits, deletes or sends again, in their newest form
 * @param revisions how many forms of the messages that the batch edits were replaced before; none is missing
 * @param sent the {@code seq} of the messages whose sender's id stands in the batch again
 * @param reads the read marks that the batch may move
 * @param simpleGuests the simple API's guests, by {@link chat.parley.model.Check#userNameKey}
 */
record BatchState(
        Map<String, RoomState> rooms,
        Set<String> opened,
        Map<Place, Message> messages,
        Map<Place, Integer> revisions,
        Map<SenderKey, Long> sent,
        Map<ReadKey, Long> reads,
        Map<String, User> simpleGuests) {
    /** Where a message stands. */
    record Place(String room, long seq) {}

    /** The sender's own name for a message. */
    record SenderKey(String room, String authorId, String clientId) {}

    /** Whose read mark, and where. */
    record ReadKey(String userId, String room) {}
}
