package dev.doorbuster.cli.demo;

/** What is sold, to how many, how fast. */
record SaleOrder(long stock, int buyers, int rate, double repeat, int waitSeconds) {}
