package dev.doorbuster.racelab.strategy;

public enum RaceAnswer {
    SOLD,
    REFUSED
}
