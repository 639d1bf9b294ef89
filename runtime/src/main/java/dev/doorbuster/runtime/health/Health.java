package dev.doorbuster.runtime.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The readiness of one instance: parts register themselves and say what is wrong, or nothing. Safe for any thread. */
public final class Health {
    private static final String START = "start";

    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

    /** Of a service that is not ready before it has {@link #started()}, whatever its parts say. */
    public static Health ofStarting() {
        var health = new Health();
        health.register(START, () -> Optional.of("not everything has started"));
        return health;
    }

    /** Everything has started, and the service only plays its own requests; {@link #started()} follows. */
    public void warmingUp() {
        register(START, () -> Optional.of("warming up"));
    }

    public void started() {
        deregister(START);
    }

    /** Registers a part; {@code problem} must answer at once, from memory. */
    public void register(String part, Supplier<Optional<String>> problem) {
        checks.put(part, problem);
    }

    public void deregister(String part) {
        checks.remove(part);
    }

    /** What is not ready and why, by part; empty means ready. */
    public Map<String, String> problems() {
        var problems = new LinkedHashMap<String, String>();
        new TreeMap<>(checks).forEach((part, check) -> ask(check).ifPresent(problem -> problems.put(part, problem)));
        return problems;
    }

    /** A check with a fault must not hide what the others have to say. */
    private static Optional<String> ask(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Optional.of("the check failed: " + e);
        }
    }
}
