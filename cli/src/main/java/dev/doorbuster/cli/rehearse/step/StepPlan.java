package dev.doorbuster.cli.rehearse.step;

/** One sale of the rehearsal and its buyers. */
public record StepPlan(String name, int perSecond, int buyers, long stock) {}
