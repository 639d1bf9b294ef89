package dev.doorbuster.racelab;

import dev.doorbuster.runtime.start.ServiceMain;

public final class RaceLabServiceMain {
    private RaceLabServiceMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(
                "race-lab",
                (vertx, metrics, environment) ->
                        RaceLabService.start(vertx, metrics, RaceLabConfig.fromEnv(environment)));
    }
}
