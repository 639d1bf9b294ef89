package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.pages.Screen.HEADING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * An operator with the console of the shared system: logged in at the beginning of each test, and without console
 * errors at its end.
 */
final class Operator implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final By PASSWORD = By.id("password");
    static final By VERIFY = By.cssSelector("button.verify");
    static final By VERDICT = By.cssSelector(".verdict");
    static final By WHY = By.cssSelector(".why");
    static final By UNITS = By.cssSelector(".plot[aria-label^='Units of this sale']");
    static final By DONE = By.cssSelector(".done");
    static final String LOG_IN = "Operator sign-in";

    /** Error messages that Chromium logs for error statuses, which pages cannot suppress. */
    private static final List<String> REFUSED =
            List.of("status of 401", "status of 404", "status of 409", "status of 503");

    private Shop shop;
    private Screen screen;

    Shop shop() {
        return shop;
    }

    Screen screen() {
        return screen;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        shop = Shop.shared();
        screen = Screen.open(shop.address(), "en");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (screen != null) {
            screen.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        screen.resize(Screen.DESKTOP);
        screen.forgetEverything();
        screen.load("/console");
        screen.type(PASSWORD, shop.operatorPassword() + Keys.ENTER);
        screen.sees(HEADING, "Sales");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(screen.errors())
                .filteredOn(error -> REFUSED.stream().noneMatch(error::contains))
                .isEmpty();
    }

    /** Replaces the field's content. */
    void write(By field, String text) {
        screen.seesSomething(HEADING);
        screen.element(field).clear();
        screen.type(field, text);
    }

    /** Replaces the answers to URLs that contain the text; `real` is the server's answer. */
    void answerInstead(String address, String answer) {
        Object unused = screen.run("const before = window.fetch;"
                + "window.fetch = async (url, request) => {"
                + "  const real = await before(url, request);"
                + "  return String(url).includes('" + address + "') ? " + answer + " : real;"
                + "};");
    }
}
