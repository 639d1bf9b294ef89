package dev.doorbuster.crowd.room;

import java.net.URI;
import java.util.List;

/**
 * A sale with a waiting room, and its buyers.
 *
 * @param part names the buyers, beside the sale: different in each part of a crowd
 * @param apis of the order-services, used in turn
 * @param notifiers used in turn
 * @param lobby buyers who come before the opening
 * @param late buyers who come after it
 * @param perSecond arrivals per second, before and after
 */
public record RoomPlan(
        String sale,
        int part,
        List<URI> apis,
        List<URI> notifiers,
        String jwtSecret,
        int lobby,
        int late,
        int perSecond) {
    public RoomPlan {
        apis = List.copyOf(apis);
        notifiers = List.copyOf(notifiers);
    }

    /** The plan of one part of several equal ones; the first ones take what cannot be divided. */
    public RoomPlan part(int number, int parts) {
        return new RoomPlan(
                sale,
                number,
                apis,
                notifiers,
                jwtSecret,
                share(lobby, number, parts),
                share(late, number, parts),
                Math.max(1, share(perSecond, number, parts)));
    }

    private static int share(int all, int number, int parts) {
        return all / parts + (number < all % parts ? 1 : 0);
    }
}
