package dev.doorbuster.notifier;

import dev.doorbuster.runtime.start.ServiceMain;

/** Entry point of the notifier process. */
public final class NotifierServiceMain {
    private NotifierServiceMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(
                "notifier",
                (vertx, metrics, environment) ->
                        NotifierService.start(vertx, metrics, NotifierConfig.fromEnv(environment)));
    }
}
