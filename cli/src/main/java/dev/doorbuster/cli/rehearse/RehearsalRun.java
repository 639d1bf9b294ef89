package dev.doorbuster.cli.rehearse;

/** One sale and its crowd. */
record RehearsalRun(String name, int perSecond, int buyers, long stock) {}
