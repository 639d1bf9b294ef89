package dev.doorbuster.racelab.race;

/** What somebody wants to see raced. */
public record RaceOrder(String strategy, int buyers, int stock) {}
