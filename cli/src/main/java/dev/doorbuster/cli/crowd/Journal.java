package dev.doorbuster.cli.crowd;

import java.time.Duration;
import java.util.List;

/**
 * Everything the crowd asked and heard, in the order of the answers.
 *
 * @param saleId the sale it came for
 * @param crowding from the first arrival until the last buyer knew; the winners' encores came after
 * @param pace how well the crowd itself kept its schedule
 */
public record Journal(String saleId, Duration crowding, Pace pace, List<Entry> entries) {
    public Journal {
        entries = List.copyOf(entries);
    }
}
