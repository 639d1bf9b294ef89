package dev.doorbuster.order.operator;

import java.time.Instant;

/**
 * Something that is recorded about an order.
 *
 * @param what a word of the OpenAPI document, such as {@code reserved}
 * @param operator null unless an operator did it
 * @param detail reason, payment reference or note; may be null
 */
public record TimelineEntry(String what, Instant at, String operator, String detail) {}
