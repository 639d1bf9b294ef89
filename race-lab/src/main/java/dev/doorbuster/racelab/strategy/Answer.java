package dev.doorbuster.racelab.strategy;

/** What a buyer is told. */
public enum Answer {
    SOLD,
    REFUSED
}
