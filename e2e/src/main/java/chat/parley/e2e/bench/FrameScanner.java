package chat.parley.e2e.bench;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Finds the WebSocket frames (RFC 6455, 5.2) in what a server sends. Most frames are only counted, by their header and the
 * beginning of their JSON, and skipped; the others are handed on. For one thread.
 */
final class FrameScanner {
    /** What the scanner hands on. The array is reused after the call. */
    interface Sink {
        /** A text frame that is not only counted. */
        void text(byte[] json, int length);

        /** A ping, pong or close frame. */
        void control(int opcode, byte[] payload, int length);
    }

    static final int CLOSE = 8;
    static final int PING = 9;

    private static final int TEXT = 1;
    private static final int FINAL_TEXT = 0x81;
    /** Bytes of JSON that tell the type: {@code {"type":"} and a letter. */
    private static final int PEEK = 10;
    /** The longest header of an unmasked frame and the beginning of its JSON. */
    private static final int HEAD = 10 + PEEK;
    /** {@code {"type":} as a big-endian number. */
    private static final long BEGINNING = 0x7b2274797065223aL;

    private final Sink sink;
    private final boolean readsMessages;
    private final byte[] head = new byte[HEAD];
    private int headLength;
    private long remaining;
    private int opcode;
    private boolean collecting;
    private byte[] collected = new byte[256];
    private int collectedLength;
    private int messages;
    private int sents;

    /** @param readsMessages whether {@code message} frames are handed on as well as counted */
    FrameScanner(Sink sink, boolean readsMessages) {
        this.sink = sink;
        this.readsMessages = readsMessages;
    }

    /** The {@code message} frames that began since this was last asked. */
    int takeMessages() {
        int count = messages;
        messages = 0;
        return count;
    }

    /** The {@code sent} frames that began since this was last asked. */
    int takeSents() {
        int count = sents;
        sents = 0;
        return count;
    }

    /** Reads all that is readable; frames may begin and end anywhere. */
    void scan(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end) {
            if (remaining > 0) {
                int step = (int) Math.min(remaining, end - at);
                if (collecting) {
                    collect(in, at, step);
                }
                at += step;
                remaining -= step;
                finish();
            } else if (headLength == 0 && end - at >= HEAD) {
                int length = in.getByte(at + 1);
                int header = headerLength(length);
                long payload = header == 2 ? length : header == 4 ? in.getUnsignedShort(at + 2) : in.getLong(at + 2);
                begin(in.getByte(at) & 0xff, payload, in.getLong(at + header), in.getByte(at + header + PEEK - 1));
                at += header;
            } else {
                head[headLength++] = in.getByte(at++);
                beginFromHead();
            }
        }
        in.readerIndex(end);
    }

    /** Begins a frame whose head came in pieces, once enough of it is there. */
    private void beginFromHead() {
        if (headLength < 2 || headLength < headerLength(head[1])) {
            return;
        }
        int header = headerLength(head[1]);
        long payload = header == 2 ? head[1] : number(2, header - 2);
        int wanted = header + (int) Math.min(payload, PEEK);
        if (headLength < wanted) {
            return;
        }
        begin(head[0] & 0xff, payload, payload < PEEK ? 0 : number(header, 8), head[wanted - 1]);
        int there = headLength - header;
        if (collecting) {
            System.arraycopy(head, header, collected, 0, there);
            collectedLength = there;
        }
        remaining -= there;
        headLength = 0;
        finish();
    }

    private void begin(int first, long payload, long beginning, byte letter) {
        opcode = first & 0xf;
        remaining = payload;
        collectedLength = 0;
        collecting = true;
        if (opcode == TEXT) {
            if (first != FINAL_TEXT || payload < PEEK || beginning != BEGINNING) {
                throw new BenchException("The server sent a text frame that does not begin with its type.");
            }
            // Of the contract's frames only "message" begins with m and only "sent" with s.
            if (letter == 'm') {
                messages++;
                collecting = readsMessages;
            } else if (letter == 's') {
                sents++;
                collecting = false;
            }
        }
        if (payload == 0) {
            finish();
        }
    }

    private void finish() {
        if (remaining == 0 && collecting) {
            collecting = false;
            if (opcode == TEXT) {
                sink.text(collected, collectedLength);
            } else {
                sink.control(opcode, collected, collectedLength);
            }
        }
    }

    private void collect(ByteBuf in, int at, int length) {
        if (collectedLength + length > collected.length) {
            collected = Arrays.copyOf(collected, Math.max(collected.length * 2, collectedLength + length));
        }
        in.getBytes(at, collected, collectedLength, length);
        collectedLength += length;
    }

    private long number(int from, int bytes) {
        long number = 0;
        for (int i = from; i < from + bytes; i++) {
            number = number << 8 | head[i] & 0xff;
        }
        return number;
    }

    private static int headerLength(int second) {
        if (second < 0) {
            throw new BenchException("The server sent a masked frame.");
        }
        return second < 126 ? 2 : second == 126 ? 4 : 10;
    }
}
