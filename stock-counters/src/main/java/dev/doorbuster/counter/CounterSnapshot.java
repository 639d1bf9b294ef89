package dev.doorbuster.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import java.util.Map;
import java.util.UUID;

/**
 * Everything a decision depends on, as read from the store.
 *
 * @param recorded outcomes of the requests to decide, by request id
 */
public record CounterSnapshot<C extends Claims>(CounterValue value, Map<UUID, CounterOutcome> recorded, C claims) {}
