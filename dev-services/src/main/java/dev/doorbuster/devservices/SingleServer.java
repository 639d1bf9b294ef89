package dev.doorbuster.devservices;

import java.util.List;

/** A server with one process. */
record SingleServer(RealServer leader) implements ServerGroup {
    @Override
    public ServerKind kind() {
        return leader.kind();
    }

    @Override
    public List<RealServer> nodes() {
        return List.of(leader);
    }
}
