package chat.parley.server.room;

/** Metrics of a test that counts nothing. */
public class Uncounted implements RoomMetrics {
    @Override
    public void committed(int writes, int posts, long nanos) {}

    @Override
    public void commitFailed() {}

    @Override
    public void delivered(long messages) {}

    @Override
    public void slowReaders(int delta) {}
}
