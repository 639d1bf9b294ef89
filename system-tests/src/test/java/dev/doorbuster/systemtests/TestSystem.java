package dev.doorbuster.systemtests;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system under test, from the packaged jars. */
public final class TestSystem {
    private static final Logger LOG = LoggerFactory.getLogger(TestSystem.class);

    private TestSystem() {}

    static RunningSystem start(String name, SystemPlan plan) {
        return start(distribution(name), plan);
    }

    /** The packaged distribution, with a state folder of that name. */
    public static Distribution distribution(String name) {
        Path root = Path.of("..").toAbsolutePath().normalize();
        return new Distribution(root, root.resolve("system-tests/target").resolve(name));
    }

    /** With a short warm-up, unless the plan says otherwise. */
    public static RunningSystem start(Distribution distribution, SystemPlan plan) {
        var settings = new HashMap<>(Map.of("DOORBUSTER_WARM_UP_BUYERS", "20"));
        settings.putAll(plan.settings());
        return RunningSystem.start(distribution, distribution.state(), plan.with(settings), LOG::info);
    }
}
