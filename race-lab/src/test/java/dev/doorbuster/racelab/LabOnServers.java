package dev.doorbuster.racelab;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.REDIS;

import dev.doorbuster.devservices.junit.RealServers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of one service with the usual settings. */
abstract class LabOnServers {
    @RegisterExtension
    static final RealServers servers = RealServers.of(REDIS, MEMCACHED, POSTGRES);

    static Lab lab;

    @BeforeAll
    static void startLab() {
        lab = new Lab(servers, Map.of());
    }

    @AfterAll
    static void stopLab() {
        if (lab != null) {
            lab.close();
        }
    }
}
