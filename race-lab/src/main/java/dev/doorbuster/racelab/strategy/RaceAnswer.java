package dev.doorbuster.racelab.strategy;

/** What a buyer is told. */
public enum RaceAnswer {
    SOLD,
    REFUSED
}
