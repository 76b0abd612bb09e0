package chat.parley.server.websocket;

import chat.parley.model.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/**
 * Decides whether more is read from a connection: only from a peer that takes what is written, has little under way, is not just
 * being greeted, and keeps to its pace. What is not read waits with the peer. Called on the event loop.
 */
final class Intake implements FrameReader.Gate {
    /** Writes handed in whose outcome is still to come, and their bytes; past either no more is read. */
    private static final int MAX_UNANSWERED = 1_024;

    private static final int MAX_UNANSWERED_BYTES = 1 << 20;

    /** What somebody may say who has not been welcomed. */
    private static final int STRANGER_FRAMES = 64;

    private static final int STRANGER_BYTES = Limits.BODY;

    private final SocketHandler socket;
    private final FrameReader reader = new FrameReader(this);
    private final Pace pace = new Pace(System.nanoTime());
    private int strangerFrames;
    private int strangerBytes;
    private int unanswered;
    private int unansweredBytes;

    /** Whether as much is under way as may be. */
    private boolean full;

    /** Whether it went faster than its pace. */
    private boolean paused;

    Intake(SocketHandler socket) {
        this.socket = socket;
    }

    /** What comes before the socket's handler in the pipeline. */
    FrameReader reader() {
        return reader;
    }

    @Override
    public boolean isOpen() {
        return !full && !paused && socket.writable() && !socket.conversation().isGreeting();
    }

    @Override
    public boolean isClosing() {
        return socket.isClosing();
    }

    /** Something that decides has changed. */
    void adjust() {
        Channel channel = socket.channel();
        boolean open = isOpen() || isClosing();
        channel.config().setAutoRead(open);
        ChannelHandlerContext context = open ? channel.pipeline().context(reader) : null;
        if (context != null) {
            reader.resume(context);
        }
    }

    /** Counts a frame that came before the welcome; returns whether it is not too much. */
    boolean takesFromStranger(int bytes) {
        strangerFrames++;
        strangerBytes += bytes;
        return strangerFrames <= STRANGER_FRAMES && strangerBytes <= STRANGER_BYTES;
    }

    /** Counts what no quota counts; past its pace the connection is not read from for a moment. */
    void charge(int cost) {
        long wait = cost == 0 ? 0 : pace.take(cost, System.nanoTime());
        if (wait > 0 && !paused) {
            paused = true;
            adjust();
            socket.lane().schedule(this::goOn, wait);
        }
    }

    private void goOn() {
        paused = false;
        adjust();
    }

    /** A write was handed in whose outcome {@link #answered} will bring. */
    void asked(int bytes) {
        unanswered++;
        unansweredBytes += bytes;
        if (!full && (unanswered >= MAX_UNANSWERED || unansweredBytes >= MAX_UNANSWERED_BYTES)) {
            full = true;
            adjust();
        }
    }

    void answered(int bytes) {
        unanswered--;
        unansweredBytes -= bytes;
        if (full && unanswered <= MAX_UNANSWERED / 2 && unansweredBytes <= MAX_UNANSWERED_BYTES / 2) {
            full = false;
            adjust();
        }
    }
}
