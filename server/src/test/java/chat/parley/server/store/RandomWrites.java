package chat.parley.server.store;

import static chat.parley.server.store.Samples.ADA;
import static chat.parley.server.store.Samples.AT;
import static chat.parley.server.store.Samples.NIK;

import chat.parley.model.User;
import chat.parley.server.model.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Batches of writes that often meet each other, from a seed. */
final class RandomWrites {
    private final Random random;

    RandomWrites(long seed) {
        this.random = new Random(seed);
    }

    List<Write> batch() {
        int size = 1 + (random.nextInt(4) == 0 ? random.nextInt(80) : random.nextInt(6));
        List<Write> writes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            writes.add(write());
        }
        return writes;
    }

    private Write write() {
        String room = "r" + random.nextInt(4);
        User user = random.nextBoolean() ? NIK : ADA;
        long seq = random.nextInt(30);
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> Samples.post(user, room, "text " + random.nextInt());
            case 4, 5 -> Samples.post(user, room, "text " + random.nextInt(), "id-" + random.nextInt(60));
            case 6 -> Samples.reply(user, room, "reply", seq);
            case 7, 8 -> Samples.edit(user, room, seq, "edit " + random.nextInt());
            case 9 -> Samples.delete(user, room, seq);
            case 10 -> new Write.MarkRead(user, room, seq);
            default ->
                random.nextBoolean()
                        ? new Write.OpenRoom(room, AT, true)
                        : new Write.SetTopic(room, random.nextBoolean() ? "topic " + seq : null);
        };
    }
}
