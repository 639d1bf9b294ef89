package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.DESKTOP;
import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.systemtests.Command;
import java.io.IOException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The report of {@code ./doorbuster rehearse}, opened from the disk. */
class RehearsalPageIT {
    /** A load for any machine; {@code docs/screenshots.sh} sets a larger one for its picture. */
    private static final String CROWD = System.getProperty(
            "doorbuster.rehearsal", "--stock 5 --buyers 60 --ramp 3 --steps 2 --step-seconds 1 --p99-limit 60000");

    private static final int UNREADY = 1;

    private static Command command;
    private static Screen screen;

    @BeforeAll
    static void rehearse() throws IOException, InterruptedException {
        command = new Command("rehearsal-page");
        Command.Ended up = command.run("up");
        assertThat(up.status()).as(up.output()).isZero();
        Command.Ended rehearsal = command.run(("rehearse " + CROWD).split(" ", -1));
        // The verdict does not matter here.
        assertThat(rehearsal.status()).as(rehearsal.output()).isBetween(0, UNREADY);
        screen = Screen.open(command.state().toUri(), "en");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (screen != null) {
            screen.close();
        }
        Command.Ended down = command.run("down");
        assertThat(down.status()).as(down.output()).isZero();
    }

    @Test
    void isCompleteAndAccessible() throws IOException {
        screen.resize(DESKTOP);
        screen.load("rehearsal.html");
        screen.sees(HEADING, "Rehearsal of a flash sale");
        screen.sees(By.cssSelector(".verdict strong"), "READY");
        assertThat(screen.errors()).isEmpty();
        Axe.findsNothingSerious(screen, "the report");
        screen.picture("rehearsal");
    }

    @Test
    void noTextOfItsTablesIsCutOff() {
        screen.resize(DESKTOP);
        screen.load("rehearsal.html");
        assertThat(
                        screen.run(
                                "return [...document.querySelectorAll('.wide')].map(each => each.scrollWidth - each.clientWidth)"))
                .asInstanceOf(InstanceOfAssertFactories.list(Long.class))
                .isNotEmpty()
                .containsOnly(0L);
    }

    @Test
    void isNotWiderThanAPhone() {
        screen.resize(PHONE);
        screen.load("rehearsal.html");
        screen.fitsTheWidth();
    }
}
