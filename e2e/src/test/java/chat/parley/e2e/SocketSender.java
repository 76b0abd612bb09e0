package chat.parley.e2e;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends over the socket, several messages at a time, until each is acknowledged. */
final class SocketSender {
    private static final int WINDOW = 8;

    private final Storm storm;
    private final String token;
    /** Sent or to be sent, in order; guarded by this. */
    private final Map<String, Storm.Post> unacknowledged = new LinkedHashMap<>();

    private boolean refused;

    SocketSender(Storm storm, String token) {
        this.storm = storm;
        this.token = token;
    }

    void run() {
        while (!isDone()) {
            try (SocketClient client = SocketClient.signedIn(storm.port(), token, this::take)) {
                talk(client);
            } catch (IOException e) {
                Storm.pause();
            }
        }
    }

    private synchronized boolean isDone() {
        return storm.isStopped() || (storm.isFinishing() && unacknowledged.isEmpty());
    }

    private void talk(SocketClient client) throws IOException {
        List<Storm.Post> again;
        synchronized (this) {
            refused = false;
            again = List.copyOf(unacknowledged.values());
        }
        for (Storm.Post post : again) {
            send(client, post);
        }
        while (!isDone() && client.isOpen() && !isRefused()) {
            Storm.Post next = null;
            synchronized (this) {
                if (unacknowledged.size() < WINDOW && !storm.isFinishing()) {
                    next = storm.nextPost();
                    unacknowledged.put(next.id(), next);
                } else {
                    waitForFrame();
                }
            }
            if (next != null) {
                send(client, next);
            }
        }
    }

    private void waitForFrame() throws IOException {
        try {
            wait(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private synchronized boolean isRefused() {
        return refused;
    }

    private static void send(SocketClient client, Storm.Post post) throws IOException {
        client.send("type", "send", "room", post.room(), "id", post.id(), "text", post.text());
    }

    private synchronized void take(Json frame) {
        if (frame.isType("sent")) {
            Storm.Post post = unacknowledged.remove(frame.text("id"));
            if (post != null) {
                storm.posted(new Storm.Receipt(post, frame.number("seq"), frame.number("change"), post.text(), token));
            }
        } else if (frame.isType("error")) {
            // Come back later with all that is not acknowledged.
            storm.refused(frame);
            refused = true;
        }
        notifyAll();
    }
}
