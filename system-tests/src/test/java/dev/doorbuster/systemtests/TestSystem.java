package dev.doorbuster.systemtests;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.SystemPlan;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system under test, from the jars that were just packaged. */
final class TestSystem {
    private static final Logger LOG = LoggerFactory.getLogger(TestSystem.class);

    private TestSystem() {}

    static RunningSystem start(String name, SystemPlan plan) {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Path state = root.resolve("system-tests/target").resolve(name);
        return RunningSystem.start(new Distribution(root, state), state, plan, LOG::info);
    }
}
