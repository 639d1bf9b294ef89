package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.postgres.PostgresServer;
import io.vertx.pgclient.PgConnectOptions;

/** Connection data of the ledger's current leader, with the services' user of least privilege. */
public final class LedgerAddress {
    private static final int CONNECT_MAX_MS = 2_000;

    private LedgerAddress() {}

    public static PgConnectOptions of(Servers servers) {
        PostgresServer server = servers.postgres();
        return new PgConnectOptions()
                .setHost(server.host())
                .setPort(servers.group(ServerKind.POSTGRES).port())
                .setDatabase(server.database())
                .setUser(server.app().user())
                .setPassword(server.app().password())
                .setConnectTimeout(CONNECT_MAX_MS);
    }
}
