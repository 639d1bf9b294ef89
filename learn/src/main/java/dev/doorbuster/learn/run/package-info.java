/** Runs lessons on real servers. Invariant: one lesson at a time; each step has a time limit; data is removed after each lesson. */
package dev.doorbuster.learn.run;
