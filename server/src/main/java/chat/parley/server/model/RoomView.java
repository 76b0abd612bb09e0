package chat.parley.server.model;

import chat.parley.model.Message;
import java.util.List;

/** A room and messages of it, both read at one moment of the log. */
public record RoomView(RoomState state, List<Message> messages) {}
