package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import java.util.Map;
import java.util.UUID;

/**
 * All that a decision depends on, as read from a counter.
 *
 * @param recorded outcomes of these very requests, by request id
 */
record CounterSnapshot<C extends Claims>(CounterValue value, Map<UUID, CounterOutcome> recorded, C claims) {}
