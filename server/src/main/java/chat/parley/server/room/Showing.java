package chat.parley.server.room;

import chat.parley.model.Message;

/**
 * What is left to be shown of the earlier conversation, as places in the log and not as messages: a reader who takes his time
 * costs no memory. A message that is changed while it waits is passed over, since its new form comes as a later change.
 */
sealed interface Showing {
    /** The room's change at the moment of joining; what changed later is not shown but comes after. */
    long upTo();

    /** Whether nothing is left. */
    boolean isDone();

    /** Whether the message is one of those left to be shown. */
    boolean shows(Message message);

    /** What is left once the reader is past the message. */
    Showing past(Message message);

    /** Nothing more, for a page that turned out to be the last. */
    Showing done();

    /** Messages in order of {@code seq}, both ends included. */
    record BySeq(long from, long last, long upTo) implements Showing {
        @Override
        public boolean isDone() {
            return from > last;
        }

        @Override
        public boolean shows(Message message) {
            return message.seq() >= from && message.seq() <= last && message.change() <= upTo;
        }

        @Override
        public Showing past(Message message) {
            return new BySeq(Math.max(from, message.seq() + 1), last, upTo);
        }

        @Override
        public Showing done() {
            return new BySeq(last + 1, last, upTo);
        }
    }

    /** Messages that changed after {@code after}, in order of change. */
    record ByChange(long after, long upTo) implements Showing {
        @Override
        public boolean isDone() {
            return after >= upTo;
        }

        @Override
        public boolean shows(Message message) {
            return message.change() > after && message.change() <= upTo;
        }

        @Override
        public Showing past(Message message) {
            return new ByChange(Math.max(after, message.change()), upTo);
        }

        @Override
        public Showing done() {
            return new ByChange(upTo, upTo);
        }
    }
}
