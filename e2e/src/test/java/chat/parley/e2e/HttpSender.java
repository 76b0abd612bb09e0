package chat.parley.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Posts over HTTP, one message at a time, until each is acknowledged; edits every third. */
final class HttpSender {
    private final Storm storm;
    private final Api api;

    HttpSender(Storm storm, Api api) {
        this.storm = storm;
        this.api = api;
    }

    void run() {
        for (int count = 0; !storm.isFinishing(); count++) {
            Storm.Post post = storm.nextPost();
            Json body = Json.of("text", post.text(), "id", post.id());
            Json message = insist("POST", Api.messagesPath(post.room()), body);
            if (message == null) {
                return;
            }
            long seq = message.number("seq");
            storm.posted(receipt(post, message, post.text()));
            if (count % 3 == 0) {
                String text = post.id() + " was here";
                Json edited = insist("PATCH", Api.messagesPath(post.room()) + "/" + seq, Json.of("text", text));
                if (edited == null) {
                    return;
                }
                storm.edited(receipt(post, edited, text));
            }
        }
    }

    private Storm.Receipt receipt(Storm.Post post, Json message, String text) {
        return new Storm.Receipt(post, message.number("seq"), message.number("change"), text, api.secret());
    }

    /** Calls until it succeeds, and gives the message; null when the storm was stopped. */
    private @Nullable Json insist(String method, String path, Json body) {
        while (!storm.isStopped()) {
            try {
                Api.Answer answer = api.call(method, path, body.toString().getBytes(StandardCharsets.UTF_8));
                if (answer.status() == 200 || answer.status() == 201) {
                    return answer.json();
                }
                if (answer.status() != 503) {
                    throw new AssertionError(method + " " + path + " gave " + answer);
                }
                storm.refused(answer.json());
            } catch (IOException e) {
                // Not known whether it was stored: the same again is safe.
            }
            Storm.pause();
        }
        return null;
    }
}
