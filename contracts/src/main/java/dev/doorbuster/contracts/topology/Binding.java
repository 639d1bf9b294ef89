package dev.doorbuster.contracts.topology;

public record Binding(String exchange, String queue, String routingKey) {}
