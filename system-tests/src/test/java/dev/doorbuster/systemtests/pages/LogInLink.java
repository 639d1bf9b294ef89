package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.openqa.selenium.By;

/** The link that {@code up} prints, opened in a browser. */
public final class LogInLink {
    private LogInLink() {}

    /** The operator is logged in, and the token is no longer in the address. */
    public static void opensTheConsole(String link) {
        try (Screen screen = Screen.open(URI.create(link), "en")) {
            screen.load(link);
            screen.sees(HEADING, "Sales");
            screen.sees(By.id("top"), "operator");
            assertThat(screen.run("return location.hash")).isEqualTo("");
            assertThat(screen.errors()).isEmpty();
        }
    }
}
