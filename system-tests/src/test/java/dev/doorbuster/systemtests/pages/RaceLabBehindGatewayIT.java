package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.racelab.RaceLabConfig;
import dev.doorbuster.racelab.RaceLabService;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** In Compose the lab shares the shop's address or is absent; the page handles both. */
class RaceLabBehindGatewayIT {
    private static final By START = By.cssSelector("button.race-start");
    private static final By ERROR = By.cssSelector("main .error");

    private static Vertx vertx;
    private static Shop shop;
    private static Gateway gateway;
    private static RaceLabService lab;
    private static Screen screen;

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        shop = Shop.open(
                "race-lab-gateway", new SystemPlan(1, 1, 1, false).with(Map.of("DOORBUSTER_RACE_LAB_ORIGIN", "self")));
        gateway = await(Gateway.open(vertx, shop.address()));
        screen = Screen.open(gateway.address(), "en");
    }

    @AfterAll
    static void close() {
        if (screen != null) {
            screen.close();
        }
        if (lab != null) {
            Void unused = await(lab.stop());
        }
        if (shop != null) {
            shop.close();
        }
        Void unused = await(vertx.close());
    }

    @Test
    void thePageReportsAMissingLabAndUsesItsOwnOriginOnceThereIsOne() {
        // Given
        screen.load("/console/race-lab");
        screen.type(By.cssSelector("input[type='password']"), shop.operatorPassword() + Keys.ENTER);
        screen.sees(HEADING, "Race lab");
        screen.sees(ERROR, "The race lab does not answer.");
        assertThat(screen.errors()).allMatch(error -> error.contains("status of 503"));

        // When
        lab = await(RaceLabService.start(
                vertx,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                RaceLabConfig.fromEnv(shop.raceLabVariables())));
        gateway.lab(lab.port());
        screen.click(By.cssSelector("main .error + p button"));
        screen.sees(START, "Start");
        screen.click(START);

        // Then
        screen.sees(By.cssSelector("tr[data-strategy='get-set'] .chip"), "Oversold by");
        screen.sees(By.cssSelector("tr[data-strategy='sql-update'] .chip"), "Exact");
        screen.sees(START, "Start");
        assertThat(screen.errors()).isEmpty();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(Screen.SEEN_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
