package dev.doorbuster.notifier.http;

import java.time.Instant;

/** The authenticated caller of a stream, and when the token or ticket expires. */
record StreamCaller(String name, Instant expiresAt) {}
