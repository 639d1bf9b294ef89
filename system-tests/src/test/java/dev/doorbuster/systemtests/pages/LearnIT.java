package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.lesson.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Lessons in a browser, beside a sale. */
class LearnIT {
    @RegisterExtension
    static final Operator operator = new Operator();

    private static final By STATE = By.cssSelector(".learn-state");
    private static final By ALL = By.cssSelector("button.learn-all");
    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);
    /** The lessons' keys and queues expire after a minute. */
    private static final Duration EXPIRED_MAX = Duration.ofSeconds(90);

    private static final Duration TOPIC_MAX = Duration.ofMinutes(3);

    private static Screen screen() {
        return operator.screen();
    }

    @Test
    void aLessonRunsByKeyboardAndShowsCommandsAndReplies() throws IOException {
        // Given
        screen().load("/console/learn/redis-transactions");
        By run = By.cssSelector("#redis-watch button");
        screen().sees(run, "Run");

        // When
        screen().tabTo(run);
        screen().press(Keys.ENTER);

        // Then
        screen().sees(By.cssSelector("#redis-watch .chip"), "As expected");
        screen().sees(By.cssSelector("#redis-watch .transcript"), "Bob> DECR learn:product_count");
        screen().sees(By.cssSelector("#redis-watch .transcript"), "(nil)");
        Axe.findsNothingSerious(screen(), "a lesson");
        screen().picture("learn");
    }

    /** Each topic runs while both sales take an order; at the end they are verified, and the servers searched. */
    @Test
    void allLessonsRunWhileSalesSellAndLeaveNothing() throws Exception {
        // Given
        Shop shop = operator.shop();
        String redis = shop.sale("Lamps", 50);
        String memcached = shop.sale("Chairs", 50, "counter", "memcached");
        List<String> topics = Lessons.load().topics().stream().map(Topic::topic).toList();
        long lessons = 0;

        for (String topic : topics) {
            // When
            screen().load("/console/learn/" + topic);
            screen().click(ALL);
            String buyer = shop.order("buyer of " + topic, redis);
            assertThat(shop.order("buyer of " + topic, memcached)).isNotEqualTo(buyer);

            // Then
            await().atMost(TOPIC_MAX).until(() -> screen().text(STATE).contains(" as expected, "));
            screen().sees(STATE, " as expected, 0 not");
            lessons += (Long) screen().run("return document.querySelectorAll('.lesson-card').length");
        }
        assertThat(lessons)
                .isEqualTo(Lessons.load().topics().stream()
                        .mapToLong(topic -> topic.lessons().size())
                        .sum());
        for (String sale : List.of(redis, memcached)) {
            SaleVerification verification = SaleVerification.await(shop.operator(), sale, VERDICT_MAX);
            assertThat(verification.passed()).as(verification.json().toString()).isTrue();
            assertThat(verification.number("sold")).isEqualTo(topics.size());
        }
        var left = new Leftovers(shop.servers());
        await().atMost(EXPIRED_MAX).untilAsserted(() -> assertThat(left.all()).isEmpty());
    }

    @Test
    void isReadableInChineseAndOnAPhone() throws IOException {
        // Given
        screen().load("/console/learn/redis-strings");
        screen().sees(HEADING, "Learn");

        // When
        screen().click(By.cssSelector("#top button[lang=zh]"));

        // Then
        screen().sees(HEADING, "学习");
        screen().click(By.cssSelector("#redis-set button"));
        screen().sees(By.cssSelector("#redis-set .chip"), "符合预期");
        for (boolean dark : List.of(true, false)) {
            screen().dark(dark);
            Axe.findsNothingSerious(screen(), "Chinese");
        }
        assertThat(screen().englishSentences()).isEmpty();
        screen().picture("learn-zh");
        screen().resize(PHONE);
        screen().fitsTheWidth();
    }
}
