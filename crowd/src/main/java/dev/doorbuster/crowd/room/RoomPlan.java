package dev.doorbuster.crowd.room;

import java.net.URI;
import java.util.List;

/**
 * A sale with a waiting room, and its buyers.
 *
 * @param apis of the order-services, used in turn
 * @param notifiers used in turn
 * @param lobby buyers who come before the opening
 * @param late buyers who come after it
 * @param perSecond arrivals per second, before and after
 */
public record RoomPlan(
        String sale, List<URI> apis, List<URI> notifiers, String jwtSecret, int lobby, int late, int perSecond) {
    public RoomPlan {
        apis = List.copyOf(apis);
        notifiers = List.copyOf(notifiers);
    }
}
