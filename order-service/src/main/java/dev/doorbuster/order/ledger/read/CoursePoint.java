package dev.doorbuster.order.ledger.read;

import java.time.Instant;

/**
 * What happened in a sale in one of the intervals into which its course is divided.
 *
 * @param at end of the interval
 * @param reserved units of new holds
 * @param refused number of orders that the ledger refused
 * @param paid units of orders that became PAID
 * @param returned units of holds that ended without a payment
 */
public record CoursePoint(Instant at, long reserved, long refused, long paid, long returned) {}
