package dev.doorbuster.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.Browser;
import dev.doorbuster.devservices.support.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One user's browser. */
final class Screen implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Screen.class);

    /** Folder for screenshots of all pages; {@code docs/screenshots.sh} copies them to the documentation. */
    private static final Path PICTURES = Path.of(System.getProperty("doorbuster.screenshots", "target/screenshots"));

    /** Time limit for changes on a page, on a busy machine. */
    static final Duration SEEN_MAX = Duration.ofSeconds(60);

    static final Dimension DESKTOP = new Dimension(1280, 860);
    static final Dimension PHONE = new Dimension(360, 740);
    static final By BUY = By.cssSelector("button.big");
    static final By OUTCOME = By.cssSelector(".outcome");
    static final By BANNER = By.id("connection");
    static final By HEADING = By.tagName("h1");

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration SCRIPT_MAX = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Path files;
    private final URI shop;

    private Screen(ChromeDriver driver, Path files, URI shop) {
        this.driver = driver;
        this.files = files;
        this.shop = shop;
    }

    /**
     * Opens a browser, with the distribution's own Chromium and driver.
     *
     * @param languages the browser's language settings, such as {@code en} or {@code zh-CN}
     */
    static Screen open(URI shop, String languages) {
        Browser browser = Browser.ofThisMachine();
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(browser.chromium().toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", languages));
        options.addArguments(
                "--headless=new",
                // its sandbox fails for root and in most containers; only our own pages are opened
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                // during an animation, screenshots and colour checks would be wrong
                "--force-prefers-reduced-motion",
                "--disable-background-networking",
                "--disable-component-update",
                "--hide-scrollbars");
        Path files = temporaryFiles();
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(browser.driver().toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("TMPDIR", files.toString()))
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPT_MAX).pageLoadTimeout(SEEN_MAX);
        var screen = new Screen(driver, files, shop);
        screen.resize(DESKTOP);
        return screen;
    }

    /** For the browser's profile and sockets, of which it leaves some. A socket's path must be short. */
    private static Path temporaryFiles() {
        try {
            return Files.createTempDirectory("browser-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Emulates a device of that size: a window cannot be as narrow as a phone. */
    void resize(Dimension size) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        size.width,
                        "height",
                        size.height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        size.equals(PHONE)));
    }

    /** Makes the window as high as the page, for a full screenshot. */
    void showWholePage() {
        var height = (Long) run("return document.documentElement.scrollHeight");
        resize(new Dimension(DESKTOP.width, Math.toIntExact(height)));
    }

    void dark(boolean dark) {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Shifts the browser's clock from the next document on. */
    void setClockWrongBy(Duration error) {
        cdp(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", "const right = Date.now; Date.now = () => right() + " + error.toMillis() + ";"));
    }

    /** Shortens the page's pauses between readings, from the next document on; the result undoes it. */
    Runnable readMoreOften() {
        return runInEachDocument("const later = window.setTimeout;"
                + "window.setTimeout = (work, ms, ...all) => later(work, ms < 1000 ? ms : ms / 8, ...all);");
    }

    /** Records requests that are sent before the rest of the document is read, from the next document on; the result undoes it. */
    Runnable recordFirstRequests() {
        return runInEachDocument("window.firstRequests = [];"
                + "const send = window.fetch;"
                + "window.fetch = (address, ...all) => {"
                + " if (document.body === null) firstRequests.push(address);"
                + " return send(address, ...all);"
                + "};");
    }

    private Runnable runInEachDocument(String script) {
        Map<String, Object> added =
                driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        return () -> cdp("Page.removeScriptToEvaluateOnNewDocument", added);
    }

    /** Clears the storage: the next document is loaded as on a first visit. */
    void forgetCache() {
        cdp("Network.clearBrowserCache", Map.of());
    }

    private void cdp(String command, Map<String, Object> parameters) {
        Map<String, Object> unused = driver.executeCdpCommand(command, parameters);
    }

    /** Opens another tab, which is shown from now on, and returns the one before. */
    String openTab() {
        String before = driver.getWindowHandle();
        WebDriver unused = driver.switchTo().newWindow(WindowType.TAB);
        return before;
    }

    /** Closes the tab that is shown, and shows another. */
    void closeTab(String other) {
        driver.close();
        WebDriver unused = driver.switchTo().window(other);
    }

    /** Loads a document. */
    void load(String path) {
        driver.get(shop.resolve(path).toString());
    }

    void reload() {
        driver.navigate().refresh();
    }

    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    /** Logs out by the page's own button. */
    void logIn(String name) {
        click(By.cssSelector("#top .account > button.quiet"));
        type(By.id("who"), name + Keys.ENTER);
        sees(By.id("top"), name);
    }

    /** Shortens the token's life; an open page notices at its next call, a newly loaded one in time. */
    void endLogInAfter(Duration time) {
        Object unused = run(
                "const key = document.documentElement.dataset.session ?? 'doorbuster.session';"
                        + "const session = JSON.parse(sessionStorage.getItem(key));"
                        + "session.expiresAt = Date.now() + arguments[0];"
                        + "sessionStorage.setItem(key, JSON.stringify(session));",
                time.toMillis());
    }

    /** Logs out and clears what is stored, before a page is loaded: it would use the last session once more. */
    void forgetEverything() {
        if (driver.getCurrentUrl().startsWith(shop.toString())) {
            Object unused = run("sessionStorage.clear(); localStorage.clear();");
        }
        load("/");
    }

    void click(By what) {
        await(what.toString()).ignoreExceptions().until(() -> {
            driver.findElement(what).click();
            return true;
        });
    }

    void type(By where, String text) {
        await(where.toString()).until(() -> !driver.findElements(where).isEmpty());
        driver.findElement(where).sendKeys(text);
    }

    /** Sends a key to the focused element. */
    void press(CharSequence key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Moves the focus by Tab until it is on that element; fails if it cannot be reached. */
    void tabTo(By what) {
        int stepsMax = 60;
        for (int step = 0; step < stepsMax; step++) {
            WebElement focused = driver.switchTo().activeElement();
            if (driver.findElements(what).contains(focused)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError(what + " cannot be reached with the tabulator key");
    }

    /** The focused element. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Texts of the page, also of its attributes, with three English words in a row; without code and what is marked as English. */
    List<?> englishSentences() {
        return (List<?>) run("""
                const english = /[A-Za-z'’]{2,}([ ,;:–]+[A-Za-z'’]{2,}){2,}/;
                const inside = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
                const apart = (node) => inside(node).closest('code, pre, script, style, textarea, [lang=en]') !== null;
                const found = [];
                const nodes = document.createNodeIterator(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
                for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
                  if (apart(node)) continue;
                  const texts = node.nodeType === Node.TEXT_NODE ? [node.data]
                    : ['aria-label', 'title', 'placeholder', 'alt'].map((name) => node.getAttribute(name) ?? '');
                  found.push(...texts.filter((text) => english.test(text)));
                }
                return [...found, ...[document.title].filter((text) => english.test(text))];""");
    }

    /** Waits until the element shows that text. */
    void sees(By what, String text) {
        var seen = new ArrayList<String>();
        try {
            await(what + " with " + text).until(() -> {
                String now = text(what);
                if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                    seen.add(now);
                }
                return now.contains(text);
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + " never showed \"" + text + "\", but " + seen, e);
        }
    }

    /** Waits until an attribute of the element contains that text. */
    void seesAttribute(By what, String name, String text) {
        var seen = new ArrayList<String>();
        try {
            await(what + " with " + name + " " + text).ignoreExceptions().until(() -> {
                seen.add(0, String.valueOf(attribute(what, name)));
                return seen.get(0).contains(text);
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    name + " of " + what + " never had \"" + text + "\", but "
                            + seen.stream().distinct().toList(),
                    e);
        }
    }

    /** Waits until an attribute of the element matches the pattern. */
    void seesAttribute(By what, String name, Pattern like) {
        await(what + " with " + name + " like " + like)
                .ignoreExceptions()
                .until(() -> like.matcher(attribute(what, name)).find());
    }

    /** Waits until a live region announces the text. */
    void hears(String text) {
        await("hearing " + text)
                .until(() -> run("return document.getElementById('announcer').textContent")
                        .toString()
                        .contains(text));
    }

    /** Waits until the element has a text. */
    void seesSomething(By what) {
        await(what + " with a text").until(() -> !text(what).isEmpty());
    }

    /** Waits until the element has no text. */
    void seesNothing(By what) {
        await(what + " without a text").until(() -> text(what).isEmpty());
    }

    /** Waits for one of two texts; returns whether it is the first. */
    boolean seesEither(By what, String first, String second) {
        await(what + " with " + first + " or " + second)
                .until(() -> text(what).contains(first) || text(what).contains(second));
        return text(what).contains(first);
    }

    WebElement element(By what) {
        return driver.findElement(what);
    }

    /** The element's current text; empty if it does not exist. */
    String text(By what) {
        try {
            return driver.findElements(what).stream()
                    .map(WebElement::getText)
                    .reduce("", (left, right) -> left.isEmpty() ? right : left + "\n" + right);
        } catch (StaleElementReferenceException redrawn) {
            return "";
        }
    }

    String attribute(By what, String name) {
        return element(what).getDomAttribute(name);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object runAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** Errors in the console since the last call. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Sets the folder for downloads. */
    void downloadTo(Path folder) {
        cdp("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** The content of the downloaded file with that ending; empty while there is none. */
    String downloaded(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> file =
                    files.filter(each -> each.toString().endsWith("." + ending)).findFirst();
            return file.isEmpty() ? "" : Files.readString(file.get());
        }
    }

    /** Screenshot as WebP: gradients make PNG ten times as large. */
    void picture(String name) throws IOException {
        Path file = PICTURES.resolve(name + ".webp");
        Map<String, Object> taken =
                driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 85));
        Path unused = Files.createDirectories(PICTURES);
        LOG.info("{}", Files.write(file, Base64.getDecoder().decode((String) taken.get("data"))));
    }

    /** Whether the page is wider than the screen. */
    void fitsTheWidth() {
        assertThat(run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(path() + " is wider than the screen by")
                .isEqualTo(0L);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(SEEN_MAX).pollInterval(LOOK_EVERY);
    }

    @Override
    public void close() {
        driver.quit();
        // Its last processes end a little later.
        Awaitility.await()
                .atMost(SEEN_MAX)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    Directories.delete(files);
                    return true;
                });
    }
}
