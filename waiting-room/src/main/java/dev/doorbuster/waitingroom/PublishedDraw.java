package dev.doorbuster.waitingroom;

import java.util.List;

/**
 * A part of a draw.
 *
 * @param entrants number of all entrants
 * @param seed 64 hexadecimal digits; empty before the draw is complete
 * @param lost whether the room was lost after its draw
 * @param order entrants from the position that was asked for
 */
public record PublishedDraw(long entrants, String seed, boolean lost, List<String> order) {
    public PublishedDraw {
        order = List.copyOf(order);
    }
}
