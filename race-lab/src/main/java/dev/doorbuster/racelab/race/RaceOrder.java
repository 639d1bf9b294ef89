package dev.doorbuster.racelab.race;

/** The parameters of a race. */
public record RaceOrder(String strategy, int buyers, int stock) {}
