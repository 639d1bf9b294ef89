package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** An operator runs the tutorial's lesson in a browser. */
class RaceLabIT {
    private static final By START = By.cssSelector("button.race-start");
    private static final By NAVIGATION = By.cssSelector("nav a[href='/console/race-lab']");
    private static final List<String> EXACT = List.of(
            "watch-multi", "watch-multi-combined", "gets-cas", "gets-cas-combined", "redis-script", "sql-update");

    private static Shop shop;
    private static Screen screen;

    @BeforeAll
    static void open() throws InterruptedException {
        shop = Shop.shared();
        screen = Screen.open(shop.address(), "en");
        screen.load("/console/race-lab");
        logIn();
    }

    @AfterAll
    static void close() {
        if (screen != null) {
            screen.close();
        }
    }

    private static void logIn() {
        screen.type(By.cssSelector("input[type='password']"), shop.operatorPassword() + Keys.ENTER);
        screen.sees(HEADING, "Race lab");
    }

    @Test
    void showsTwoThatOversellAndNoneForTheOthers() throws IOException {
        // Given
        screen.sees(NAVIGATION, "Race lab");
        screen.sees(START, "Start");

        // When
        screen.tabTo(START);
        screen.press(Keys.ENTER);

        // Then
        screen.sees(row("sql-update", ".chip"), "Exact");
        assertThat(figure("get-set", 1)).isGreaterThan(100);
        assertThat(figure("get-set", 2)).isEqualTo(figure("get-set", 1) - 100).isPositive();
        screen.sees(row("get-set", ".chip"), "Oversold by");
        screen.sees(row("get-set", ".lesson"), "Many clients read the same number");
        screen.sees(row("watch-elsewhere", ".chip"), "Oversold by");
        assertThat(figure("watch-elsewhere", 2)).isPositive();
        for (String strategy : EXACT) {
            screen.sees(row(strategy, ".chip"), "Exact");
            assertThat(figure(strategy, 1)).as(strategy + " sold").isEqualTo(100);
            assertThat(figure(strategy, 2)).as(strategy + " oversold").isZero();
            assertThat(figure(strategy, 3)).as(strategy + " refused").isEqualTo(1900);
        }
        assertThat(figure("watch-multi", 4)).isPositive();
        assertThat(figure("gets-cas", 4)).isPositive();
        assertThat(figure("watch-multi-combined", 4)).isZero();
        screen.sees(START, "Start");
        screen.fitsTheWidth();
        assertThat(screen.errors()).isEmpty();
        screen.showWholePage();
        screen.picture("race-lab");
    }

    private static By row(String strategy, String part) {
        return By.cssSelector("tr[data-strategy='" + strategy + "'] " + part);
    }

    /** The number in that column, counted from 1. */
    private static long figure(String strategy, int column) {
        return Long.parseLong(
                screen.text(row(strategy, "td:nth-of-type(" + column + ")")).replace(",", ""));
    }
}
