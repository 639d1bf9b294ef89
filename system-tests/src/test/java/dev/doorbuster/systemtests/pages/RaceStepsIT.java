package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The race, step by step, in a browser. */
class RaceStepsIT {
    @RegisterExtension
    static final Operator operator = new Operator();

    private static final String PAGE = "/console/learn/race/";
    private static final By CHIP = By.cssSelector(".steps-end .chip");
    private static final By END = By.cssSelector(".steps-end");

    private static Screen screen() {
        return operator.screen();
    }

    @ParameterizedTest
    @CsvSource({
        "get-set, A1-B1-A2-B2, Oversold by 1, 'Has the unit: A, B. The counter at the end: 0.', OK",
        "watch-elsewhere, A1-B1-A2-B2-A3-B3, Oversold by 1, 'Has the unit: A, B. The counter at the end: -1.', [-1]",
        "watch-multi, A1-B1-A2-B2-A3-B3, Exact, 'Has the unit: A. The counter at the end: 0.', (nil)",
        "gets-cas, A1-B1-A2-B2, Exact, 'Has the unit: A. The counter at the end: 0.', EXISTS"
    })
    void keysLeadToTheEndAndTheLinkToTheSame(
            String strategy, String order, String verdict, String end, String lastReply) throws IOException {
        // Given
        List<String> steps = List.of(order.split("-"));
        screen().load(PAGE + strategy);
        screen().seesSomething(buyer("A"));

        for (String step : steps) {
            // When
            screen().tabTo(buyer(step.substring(0, 1)));
            screen().press(Keys.ENTER);

            // Then
            screen().seesSomething(reply(step));
        }
        seesTheEnd(verdict, end, steps, lastReply);
        screen().hears(end);
        assertThat(screen().path()).isEqualTo(PAGE + strategy + "/" + order);
        screen().seesAttribute(buyer("A"), "aria-disabled", "true");
        Axe.findsNothingSerious(screen(), strategy);

        // When
        screen().load("/console");
        screen().load(PAGE + strategy + "/" + order);

        // Then
        seesTheEnd(verdict, end, steps, lastReply);
    }

    private static void seesTheEnd(String verdict, String end, List<String> steps, String lastReply) {
        screen().sees(CHIP, verdict);
        screen().sees(END, end);
        for (String step : steps) {
            screen().seesSomething(reply(step));
        }
        screen().sees(reply(steps.get(steps.size() - 1)), lastReply);
    }

    @Test
    void aLinkToABeginningContinuesAndStartsAgain() {
        // Given
        screen().load("/console/race-lab");
        screen().click(By.cssSelector("main a[href='/console/learn/race']"));
        screen().sees(HEADING, "The race, step by step");
        screen().load(PAGE + "get-set/A1-A2-B2-B1");
        screen().sees(reply("A2"), "OK");
        screen().seesNothing(CHIP);
        screen().sees(buyer("B"), "B: read");

        // When
        screen().click(buyer("B"));
        screen().sees(reply("B1"), "\"0\"");
        screen().click(buyer("B"));

        // Then
        screen().sees(By.cssSelector("li[data-step='B2']"), "No unit was left");
        screen().sees(CHIP, "Exact");
        screen().click(By.cssSelector("button.steps-anew"));
        screen().seesNothing(By.cssSelector(".steps"));
        assertThat(screen().path()).isEqualTo(PAGE + "get-set");
    }

    @Test
    void isReadableInChineseAndOnAPhone() throws IOException {
        // Given
        screen().load(PAGE + "watch-elsewhere/A1-B1-A2-B2-A3-B3");
        screen().sees(CHIP, "Oversold by 1");
        screen().picture("race-steps");

        // When
        screen().click(By.cssSelector("#top button[lang=zh]"));

        // Then
        screen().sees(HEADING, "一步一步看竞争");
        screen().sees(CHIP, "超卖 1 件");
        screen().sees(END, "得到商品的买家：A, B");
        for (boolean dark : List.of(true, false)) {
            screen().dark(dark);
            Axe.findsNothingSerious(screen(), "Chinese");
        }
        screen().resize(PHONE);
        screen().fitsTheWidth();
    }

    private static By buyer(String name) {
        return By.cssSelector("button[data-buyer='" + name + "']");
    }

    private static By reply(String step) {
        return By.cssSelector("li[data-step='" + step + "'] .reply");
    }
}
