package chat.parley.terminal;

import chat.parley.client.ClientEvent;
import chat.parley.model.Message;
import chat.parley.model.User;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person at a prompt sees of the rooms they are in: turns events into lines. Thread-safe: events come on the client's
 * thread, questions on the main one.
 *
 * <p>Its own lock is held while a line is printed, which waits for the line editor. So what the editor asks while it is busy
 * ({@link #current}, {@link #rooms}, {@link #names}) needs no such lock, or the two would wait for each other for ever.
 */
final class Conversation {
    private static final long TYPING_MILLIS = 5_000;

    private final Screen screen;
    private final MessageLines lines;
    private final LongSupplier clockMillis;
    private final Map<String, RoomTalk> rooms = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile String current;
    private @Nullable User user;
    private @Nullable LocalDate day;
    private boolean up;
    private boolean lossTold;
    private @Nullable String endReason;

    Conversation(String room, Screen screen, MessageLines lines, LongSupplier clockMillis) {
        this.current = room;
        this.screen = screen;
        this.lines = lines;
        this.clockMillis = clockMillis;
        rooms.put(room, new RoomTalk());
    }

    String current() {
        return current;
    }

    synchronized boolean isUp() {
        return up;
    }

    /** Why the conversation ended without having been asked to, or null. */
    synchronized @Nullable String endReason() {
        return endReason;
    }

    List<String> rooms() {
        synchronized (rooms) {
            return List.copyOf(rooms.keySet());
        }
    }

    /** The names seen in the current room, newest first. */
    List<String> names() {
        return talk(current).names().reversed();
    }

    /** The user's own newest message in the current room, or 0. */
    synchronized long ownSeq() {
        return talk(current).ownSeq;
    }

    /** The newest message shown of the current room, or 0. */
    synchronized long newestSeq() {
        return talk(current).newestSeq;
    }

    /** The oldest message shown of the current room, or 0. */
    synchronized long oldestSeq() {
        return talk(current).oldestSeq;
    }

    /** Makes the room the one that is talked in; says whether it is new. */
    synchronized boolean enter(String room) {
        current = room;
        boolean isNew = rooms.putIfAbsent(room, new RoomTalk()) == null;
        refresh();
        return isNew;
    }

    /** Forgets a room; the one joined before it becomes the current one. Says whether any is left. */
    synchronized boolean exit(String room) {
        rooms.remove(room);
        if (room.equals(current) && !rooms.isEmpty()) {
            current = rooms().getLast();
        }
        refresh();
        return !rooms.isEmpty();
    }

    synchronized void notice(String text) {
        screen.print(MessageLines.notice(text));
    }

    /** Shows a page of earlier messages of the current room. */
    synchronized void earlier(List<Message> messages) {
        if (messages.isEmpty()) {
            notice("There is nothing earlier.");
            return;
        }
        messages.forEach(this::show);
        notice("— the end of the earlier messages —");
    }

    synchronized void heard(ClientEvent event) {
        switch (event) {
            case ClientEvent.Connected connected -> connected(connected);
            case ClientEvent.Disconnected disconnected -> disconnected(disconnected);
            case ClientEvent.Ended ended -> {
                up = false;
                endReason = ended.reason();
                screen.stop();
            }
            case ClientEvent.Joined joined -> joined(joined);
            case ClientEvent.History history -> {
                if (history.reset()) {
                    notice(label(history.room())
                            + "Too much was missed to show it all; these are the newest messages.");
                }
                history.messages().stream()
                        .filter(message -> message.change() > history.seenThrough())
                        .forEach(this::show);
            }
            case ClientEvent.Changed changed -> changed(changed.message());
            case ClientEvent.Presence presence -> presence(presence);
            case ClientEvent.Typing typing -> {
                if (!isMe(typing.user()) && rooms.containsKey(typing.room())) {
                    talk(typing.room()).typing.put(typing.user().name(), clockMillis.getAsLong());
                    talk(typing.room()).saw(typing.user().name());
                }
            }
            case ClientEvent.TopicChanged topic -> {
                talk(topic.room()).topic = topic.topic();
                notice(label(topic.room())
                        + (topic.topic() == null || topic.topic().isEmpty()
                                ? "The topic is gone."
                                : "The topic is now: " + topic.topic()));
            }
            case ClientEvent.JoinRefused refused -> {
                notice("Room " + refused.room() + " could not be joined: "
                        + refused.problem().detail());
                if (rooms.size() > 1) {
                    exit(refused.room());
                }
            }
            case ClientEvent.Complaint complaint -> notice(complaint.problem().detail());
            case ClientEvent.CaughtUp caughtUp -> {}
            case ClientEvent.Left left -> {}
            case ClientEvent.Read read -> {}
        }
        refresh();
    }

    /** Brings the status up to date; typing notices fade by and by. */
    synchronized void refresh() {
        RoomTalk talk = talk(current);
        long now = clockMillis.getAsLong();
        talk.typing.values().removeIf(at -> now - at > TYPING_MILLIS);
        StringBuilder status = new StringBuilder(current);
        status.append(up ? " · " + talk.online + " online" : " · not connected, trying again");
        if (talk.topic != null && !talk.topic.isEmpty()) {
            status.append(" · ").append(talk.topic);
        }
        if (!talk.typing.isEmpty()) {
            List<String> who = List.copyOf(talk.typing.keySet());
            status.append(" · ")
                    .append(who.size() > 3 ? "several people" : String.join(", ", who))
                    .append(who.size() > 1 ? " are typing…" : " is typing…");
        }
        screen.status(TerminalText.line(status.toString()));
    }

    private void connected(ClientEvent.Connected connected) {
        user = connected.user();
        up = true;
        if (connected.again()) {
            notice("The connection is back.");
        } else if (lossTold) {
            notice("Connected.");
        }
        lossTold = false;
    }

    private void disconnected(ClientEvent.Disconnected disconnected) {
        up = false;
        if (!lossTold) {
            lossTold = true;
            notice(disconnected.reason() + " Trying again; what you type is sent once the connection is back.");
        }
    }

    private void joined(ClientEvent.Joined joined) {
        RoomTalk talk = talk(joined.room());
        talk.online = joined.online();
        talk.topic = joined.topic();
        if (!talk.greeted) {
            talk.greeted = true;
            String topic = joined.topic() == null || joined.topic().isEmpty() ? "" : " Topic: " + joined.topic();
            notice("You are in room " + joined.room() + ", " + joined.online() + " online." + topic);
        }
    }

    private void changed(Message message) {
        RoomTalk talk = talk(message.room());
        talk.typing.remove(message.author().name());
        boolean shownBefore = message.seq() <= talk.newestSeq;
        if (shownBefore) {
            newDay(message);
            screen.print(lines.changed(message, roomLabel(message.room())));
        } else {
            show(message);
        }
    }

    private void show(Message message) {
        RoomTalk talk = talk(message.room());
        talk.saw(message.author().name());
        talk.newestSeq = Math.max(talk.newestSeq, message.seq());
        talk.oldestSeq = talk.oldestSeq == 0 ? message.seq() : Math.min(talk.oldestSeq, message.seq());
        if (isMe(message.author()) && !message.deleted()) {
            talk.ownSeq = Math.max(talk.ownSeq, message.seq());
        }
        newDay(message);
        screen.print(lines.message(message, roomLabel(message.room())));
    }

    private void newDay(Message message) {
        LocalDate next = lines.dayOf(message);
        if (!next.equals(day)) {
            day = next;
            screen.print(lines.day(next));
        }
    }

    private void presence(ClientEvent.Presence presence) {
        RoomTalk talk = talk(presence.room());
        talk.online = presence.online();
        for (User who : presence.joined()) {
            talk.saw(who.name());
            if (!isMe(who)) {
                notice(label(presence.room()) + who.name() + " came in");
            }
        }
        for (User who : presence.left()) {
            talk.typing.remove(who.name());
            if (!isMe(who)) {
                notice(label(presence.room()) + who.name() + " left");
            }
        }
    }

    private RoomTalk talk(String room) {
        RoomTalk talk = rooms.get(room);
        return talk == null ? new RoomTalk() : talk;
    }

    private boolean isMe(User who) {
        return user != null && user.id().equals(who.id());
    }

    private String roomLabel(String room) {
        return room.equals(current) ? "" : room;
    }

    private String label(String room) {
        return room.equals(current) ? "" : "[" + room + "] ";
    }
}
