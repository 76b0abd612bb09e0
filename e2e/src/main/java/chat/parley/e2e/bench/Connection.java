package chat.parley.e2e.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** One WebSocket to the server, without what a benchmark does not need. For its event loop, but {@link #close}. */
final class Connection extends ChannelInboundHandlerAdapter implements FrameScanner.Sink {
    /** The example of RFC 6455, 1.3: a key and the answer that belongs to it. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final byte[] UPGRADE = """
            GET /api/v1/socket HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: %s\r
            \r
            """.formatted(KEY).getBytes(StandardCharsets.US_ASCII);

    private final Load load;
    private final Peer peer;
    private final FrameScanner scanner;
    private final StringBuilder answer = new StringBuilder();
    private boolean open;
    private volatile boolean closing;
    private final Channel channel;

    Connection(Load load, Channel channel, Peer peer) {
        this.load = load;
        this.channel = channel;
        this.peer = peer;
        this.scanner = new FrameScanner(this, peer.readsMessages());
    }

    /** Writes prebuilt frames. */
    void write(byte[] frames) {
        write(Unpooled.wrappedBuffer(frames));
    }

    /** Writes prebuilt frames; the connection takes over the caller's hold on them. */
    void write(ByteBuf frames) {
        channel.writeAndFlush(frames, channel.voidPromise());
    }

    Peer peer() {
        return peer;
    }

    Channel channel() {
        return channel;
    }

    /** Ends the connection; from any thread. */
    void close() {
        closing = true;
        channel.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        write(UPGRADE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ByteBuf bytes = (ByteBuf) read;
        try {
            if (open || upgraded(bytes)) {
                scanner.scan(bytes);
                tellCounts();
            }
        } finally {
            bytes.release();
        }
    }

    private boolean upgraded(ByteBuf bytes) {
        while (bytes.isReadable()) {
            answer.append((char) bytes.readByte());
            int length = answer.length();
            if (length >= 4 && answer.charAt(length - 1) == '\n' && answer.charAt(length - 3) == '\n') {
                if (!answer.toString().startsWith("HTTP/1.1 101 ") || answer.indexOf(ACCEPT) < 0) {
                    throw new BenchException("The server did not open a WebSocket but answered: " + answer);
                }
                answer.setLength(0);
                answer.trimToSize();
                open = true;
                peer.opened(this);
                return true;
            }
        }
        return false;
    }

    private void tellCounts() {
        int messages = scanner.takeMessages();
        int sents = scanner.takeSents();
        if (messages > 0 || sents > 0) {
            peer.counted(this, messages, sents);
        }
    }

    @Override
    public void text(byte[] json, int length) {
        tellCounts();
        if (Peer.letter(json) == 'e') {
            throw new BenchException("The server sent " + string(json, 0, length));
        }
        peer.text(this, json, length);
    }

    @Override
    public void control(int opcode, byte[] payload, int length) {
        if (opcode == FrameScanner.PING) {
            write(Frames.pong(payload, length));
        } else if (opcode == FrameScanner.CLOSE && !closing) {
            int code = length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            throw new BenchException(
                    "The server closed a connection: " + code + " " + string(payload, 2, Math.max(0, length - 2)));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!closing) {
            load.fail(new BenchException("The server ended a connection."));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!closing) {
            load.fail(cause);
            close();
        }
    }

    static String string(byte[] utf8, int from, int length) {
        return new String(utf8, from, length, StandardCharsets.UTF_8);
    }
}
