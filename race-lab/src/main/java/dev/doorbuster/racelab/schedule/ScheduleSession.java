package dev.doorbuster.racelab.schedule;

import dev.doorbuster.racelab.schedule.ScheduleResult.CommandReply;
import dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction;
import io.vertx.core.Future;
import java.util.List;

/** Connections and key of one run. To be used on one event loop, one call at a time. */
interface ScheduleSession {
    /** Connects each buyer and stores the stock. */
    Future<Void> open();

    /** The commands of this step with their replies. */
    Future<List<CommandReply>> execute(String buyer, ScheduleAction action);

    /** The buyers who have the unit, so far. */
    List<String> owners();

    /** Reads the counter. */
    Future<Long> left();

    /** Deletes the key, if a connection is there. */
    Future<Void> delete();

    /** Closes all connections, also those that are still being opened. */
    void close();
}
