package dev.doorbuster.racelab.schedule;

import java.util.List;

/**
 * The result of a schedule.
 *
 * @param replies of each step, in the order of the schedule; none for a step that had nothing to do, since no unit was left
 * @param owners the buyers who were answered that they have the unit
 * @param left the counter at the end; below 0 if it was decremented too often
 */
public record ScheduleResult(Schedule schedule, List<List<CommandReply>> replies, List<String> owners, long left) {
    /** Units in stock at the start. */
    public static final int STOCK = 1;

    public ScheduleResult {
        replies = List.copyOf(replies);
        owners = List.copyOf(owners);
    }

    /** Units sold beyond the stock. */
    public int oversold() {
        return Math.max(0, owners.size() - STOCK);
    }

    /**
     * One command and its reply as the server sent it; lines are separated by a newline.
     *
     * @param connection {@code A} or {@code B}, or {@code client} for the one that both share
     */
    public record CommandReply(String connection, String sent, String reply) {}
}
