package dev.doorbuster.notifier.http;

import java.time.Instant;

/** Somebody whose token or ticket was good, and until when it is. */
record StreamCaller(String name, Instant expiresAt) {}
