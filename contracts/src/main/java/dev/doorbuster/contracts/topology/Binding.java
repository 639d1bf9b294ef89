package dev.doorbuster.contracts.topology;

/** A queue's interest in an exchange. */
public record Binding(String exchange, String queue, String routingKey) {}
