package dev.doorbuster.systemtests.fuzz;

import java.util.List;

/**
 * A server to send to.
 *
 * @param paths those it has; {@code ?} in one stands for a random text
 * @param tokens bearer tokens it takes
 */
record FuzzTarget(String name, int port, int managementPort, List<String> paths, List<String> tokens) {
    FuzzTarget {
        paths = List.copyOf(paths);
        tokens = List.copyOf(tokens);
    }
}
