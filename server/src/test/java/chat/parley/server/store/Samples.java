package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users and writes that tests use. */
final class Samples {
    static final Instant AT = Instant.parse("2026-11-22T18:40:03.120Z");
    static final Instant LATER = AT.plusMillis(1_234);
    static final User NIK = new User("u-nik", "nik", true);
    static final User ADA = new User("u-ada", "Ada", true);

    private Samples() {}

    static Write.AddGuest guest(User user) {
        return new Write.AddGuest(user, new TokenHash("hash-" + user.id()), null, AT);
    }

    static Write.Post post(User author, String room, String text) {
        return new Write.Post(author, room, text, null, null, AT, true);
    }

    static Write.Post post(User author, String room, String text, String id) {
        return new Write.Post(author, room, text, id, null, AT, true);
    }

    static Write.Post reply(User author, String room, String text, @Nullable Long replyTo) {
        return new Write.Post(author, room, text, null, replyTo, AT, true);
    }

    static Write.Edit edit(User author, String room, long seq, String text) {
        return new Write.Edit(author, room, seq, text, LATER);
    }

    static Write.Delete delete(User author, String room, long seq) {
        return new Write.Delete(author, room, seq, LATER);
    }

    static Message posted(User author, String room, long seq, long change, String text) {
        return new Message(room, seq, change, author, text, AT, null, false, null);
    }

    static Message edited(Message message, long change, String text) {
        return new Message(
                message.room(),
                message.seq(),
                change,
                message.author(),
                text,
                message.at(),
                LATER,
                false,
                message.replyTo());
    }

    static Message deleted(Message message, long change) {
        return new Message(
                message.room(),
                message.seq(),
                change,
                message.author(),
                "",
                message.at(),
                message.editedAt(),
                true,
                message.replyTo());
    }

    static Outcome one(Store store, Write write) throws StoreException {
        List<Outcome> outcomes = store.apply(List.of(write));
        return outcomes.getFirst();
    }
}
