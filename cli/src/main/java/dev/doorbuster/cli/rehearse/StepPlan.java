package dev.doorbuster.cli.rehearse;

/** One sale of the rehearsal and its buyers. */
record StepPlan(String name, int perSecond, int buyers, long stock) {}
