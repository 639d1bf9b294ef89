package dev.doorbuster.counter;

import dev.doorbuster.contracts.message.OrderPlaced;

public record CounterDecision(OrderPlaced placed, CounterOutcome outcome) {}
