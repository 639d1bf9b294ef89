/** Lessons as data, read from {@code lessons/*.yaml}. Invariant: a lesson that was loaded is complete; no I/O after loading. */
package dev.doorbuster.learn.lesson;
