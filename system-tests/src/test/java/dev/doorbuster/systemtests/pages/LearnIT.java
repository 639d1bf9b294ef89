package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.DESKTOP;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.crowd.client.SaleVerification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Lessons in a browser, beside a sale. */
class LearnIT {
    private static final By STATE = By.cssSelector(".learn-state");
    private static final By ALL = By.cssSelector("button.learn-all");
    private static final List<String> TOPICS = List.of("memcached-values", "redis-lists", "redis-transactions");
    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);

    private static Shop shop;
    private static Screen screen;

    @BeforeAll
    static void open() throws InterruptedException {
        shop = Shop.open("learn", new SystemPlan(1, 1, 1, false).withRaceLab());
        screen = Screen.open(shop.address(), "en");
        screen.load("/console/learn");
        screen.type(By.cssSelector("input[type='password']"), shop.operatorPassword() + Keys.ENTER);
        screen.sees(HEADING, "Learn");
    }

    @AfterAll
    static void close() {
        if (screen != null) {
            screen.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void inEnglish() {
        assertThat(screen.run("localStorage.removeItem('doorbuster.language')")).isNull();
        screen.resize(DESKTOP);
    }

    @Test
    void aLessonRunsByKeyboardAndShowsCommandsAndReplies() throws IOException {
        // Given
        screen.load("/console/learn/redis-transactions");
        By run = By.cssSelector("#redis-watch button");
        screen.sees(run, "Run");

        // When
        screen.tabTo(run);
        screen.press(Keys.ENTER);

        // Then
        screen.sees(By.cssSelector("#redis-watch .chip"), "As expected");
        screen.sees(By.cssSelector("#redis-watch .transcript"), "Bob> DECR learn:product_count");
        screen.sees(By.cssSelector("#redis-watch .transcript"), "(nil)");
        Axe.findsNothingSerious(screen, "a lesson");
        screen.picture("learn");
        assertThat(screen.errors()).isEmpty();
    }

    @Test
    void runsTopicsWhileASaleSells() throws Exception {
        // Given
        String redis = shop.sale("Lamps", 5);
        String memcached = shop.sale("Chairs", 5, "counter", "memcached");

        for (String topic : TOPICS) {
            // When
            screen.load("/console/learn/" + topic);
            screen.click(ALL);
            String buyer = shop.order("buyer of " + topic, redis);
            assertThat(shop.order("buyer of " + topic, memcached)).isNotEqualTo(buyer);

            // Then
            screen.sees(STATE, " as expected, 0 not");
        }
        for (String sale : List.of(redis, memcached)) {
            SaleVerification verification = SaleVerification.await(shop.operator(), sale, VERDICT_MAX);
            assertThat(verification.passed()).as(verification.json().toString()).isTrue();
            assertThat(verification.number("sold")).isEqualTo(TOPICS.size());
        }
    }

    @Test
    void isReadableInChineseAndOnAPhone() throws IOException {
        // Given
        screen.load("/console/learn/redis-strings");
        screen.sees(HEADING, "Learn");

        // When
        screen.click(By.cssSelector("#top button[lang=zh]"));

        // Then
        screen.sees(HEADING, "学习");
        screen.click(By.cssSelector("#redis-set button"));
        screen.sees(By.cssSelector("#redis-set .chip"), "符合预期");
        for (boolean dark : List.of(true, false)) {
            screen.dark(dark);
            Axe.findsNothingSerious(screen, "Chinese");
        }
        screen.picture("learn-zh");
        screen.resize(PHONE);
        screen.fitsTheWidth();
    }
}
