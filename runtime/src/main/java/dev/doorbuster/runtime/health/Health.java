package dev.doorbuster.runtime.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Readiness of one instance: each part registers a check that returns its problem, if any. Safe for any thread. */
public final class Health {
    private static final String START = "start";

    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

    /** Not ready before {@link #started()}, whatever the checks return. */
    public static Health ofStarting() {
        var health = new Health();
        health.register(START, () -> Optional.of("still starting"));
        return health;
    }

    /** Everything has started; only warm-up requests run until {@link #started()}. */
    public void warmingUp() {
        register(START, () -> Optional.of("warming up"));
    }

    public void started() {
        deregister(START);
    }

    /** Registers a part; {@code problem} must not block or do I/O. */
    public void register(String part, Supplier<Optional<String>> problem) {
        checks.put(part, problem);
    }

    public void deregister(String part) {
        checks.remove(part);
    }

    /** Problems by part; empty means ready. */
    public Map<String, String> problems() {
        var problems = new LinkedHashMap<String, String>();
        new TreeMap<>(checks).forEach((part, check) -> ask(check).ifPresent(problem -> problems.put(part, problem)));
        return problems;
    }

    /** A check that throws must not hide the others. */
    private static Optional<String> ask(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Optional.of("the check failed: " + e);
        }
    }
}
