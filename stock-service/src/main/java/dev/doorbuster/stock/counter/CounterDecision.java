package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.message.OrderPlaced;

/** What became of one request. */
public record CounterDecision(OrderPlaced placed, CounterOutcome outcome) {}
