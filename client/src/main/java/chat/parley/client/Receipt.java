package chat.parley.client;

/**
 * The server's word that something is stored for good.
 *
 * @param seq the message's place in the room
 * @param change the room's change that stored it
 */
public record Receipt(String room, long seq, long change) {}
