package chat.parley.server.room;

import chat.parley.model.Limits;
import chat.parley.server.model.RoomState;

/**
 * A cursor's beginning: where the room stood, and the first page of what is to be shown, as one moment of the log.
 *
 * @param reset whether a resume could not be given
 * @param showing all that is to be shown, the page included
 */
record Start(RoomState state, boolean reset, Showing showing, Page page) {
    /** What a join shows of a room that stands so. */
    static Showing showing(RoomState state, Join join) {
        return join instanceof Join.Resume resume && !isReset(join, state)
                ? new Showing.ByChange(resume.after(), state.change())
                : new Showing.BySeq(Math.max(1, state.seq() - history(join) + 1), state.seq(), state.change());
    }

    /** Whether a resume can't be given from this state of the room. */
    static boolean isReset(Join join, RoomState state) {
        return join instanceof Join.Resume(long after, String epoch, int limit)
                && ((epoch != null && !epoch.equals(state.epoch()))
                        || after > state.change()
                        || state.change() - after > limit);
    }

    /** How many of the newest messages a join shows where it isn't (or can't be) a resume. */
    static int history(Join join) {
        return switch (join) {
            case Join.History history -> history.last();
            case Join.Resume resume -> Limits.HISTORY_DEFAULT;
        };
    }
}
