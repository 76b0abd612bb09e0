package chat.parley.e2e;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows rooms over the socket, and resumes each whenever its connection was lost. */
final class Watcher implements AutoCloseable {
    private final Storm storm;
    private final String token;
    private final List<ClientView> views;
    private volatile @Nullable SocketClient client;

    Watcher(Storm storm, String name, String token, List<String> rooms) {
        this.storm = storm;
        this.token = token;
        this.views = rooms.stream().map(room -> new ClientView(name, room)).toList();
    }

    List<ClientView> views() {
        return views;
    }

    ClientView view(String room) {
        return views.stream()
                .filter(view -> view.room().equals(room))
                .findFirst()
                .orElseThrow();
    }

    void run() {
        while (!storm.isStopped()) {
            try (SocketClient connected = SocketClient.signedIn(storm.port(), token, this::take)) {
                client = connected;
                for (ClientView view : views) {
                    join(connected, view);
                }
                connected.awaitEnd();
            } catch (IOException e) {
                Storm.pause();
            }
            views.forEach(ClientView::away);
        }
    }

    private static void join(SocketClient client, ClientView view) throws IOException {
        if (view.canResume()) {
            view.askingResume(2_000);
            client.send(
                    "type", "join", "room", view.room(), "after", view.cursor(), "epoch", view.epoch(), "limit", 2_000);
        } else {
            view.askingHistory(50);
            client.send("type", "join", "room", view.room(), "last", 50);
        }
    }

    private void take(Json frame) {
        views.forEach(view -> view.take(frame));
    }

    @Override
    public void close() {
        SocketClient open = client;
        if (open != null) {
            open.close();
        }
    }
}
