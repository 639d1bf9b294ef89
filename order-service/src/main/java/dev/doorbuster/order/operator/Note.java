package dev.doorbuster.order.operator;

import java.time.Instant;
import java.util.UUID;

/**
 * An operator's note on a sale or on one of its orders.
 *
 * @param orderId null for a note on the sale
 */
public record Note(long id, Instant at, String operator, UUID orderId, String text) {}
