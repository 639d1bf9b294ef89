package dev.doorbuster.systemtests.pages;

import static dev.doorbuster.systemtests.TestOrders.placed;
import static dev.doorbuster.systemtests.pages.Operator.DONE;
import static dev.doorbuster.systemtests.pages.Operator.UNITS;
import static dev.doorbuster.systemtests.pages.Operator.VERDICT;
import static dev.doorbuster.systemtests.pages.Operator.VERIFY;
import static dev.doorbuster.systemtests.pages.Operator.WHY;
import static dev.doorbuster.systemtests.pages.Screen.DESKTOP;
import static dev.doorbuster.systemtests.pages.Screen.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Dead letters in the operator's browser: shown, replayed, discarded. */
class ConsoleDeadLettersIT {
    @RegisterExtension
    static final Operator operator = new Operator();

    private static final By LETTERS_ENTRY = By.cssSelector("nav a[href='/console/dead-letters']");
    private static final By BADGE = By.cssSelector("nav .badge");
    private static final By SEND_BACK = By.cssSelector(".letters button[data-act=send-back]");
    private static final By DISCARD = By.cssSelector(".letters button[data-act=discard]");
    private static final By DISCARD_YES = By.cssSelector("dialog button.danger");
    private static final By DIALOG = By.tagName("dialog");
    private static final By BAD = By.cssSelector(".letters-bad");
    private static final By LETTERS_SAID = By.cssSelector(".letters-said");
    private static final String LINES_OF_THE_KIND =
            "const kind = document.createRange(); kind.selectNode(document.querySelector('.letters tbody th').firstChild);"
                    + " return kind.getClientRects().length;";

    @AfterEach
    void throwWhatIsLeftAway() {
        shop().throwDeadLettersAway();
    }

    private static Screen screen() {
        return operator.screen();
    }

    private static Shop shop() {
        return operator.shop();
    }

    @Test
    void withoutDeadLettersThePageShowsThat() throws IOException {
        screen().click(LETTERS_ENTRY);

        screen().sees(LETTERS_SAID, "There are none");
    }

    @Test
    void aPoisonMessageIsShownWithItsReasonUntilItIsThrownAway() throws Exception {
        // Given
        String sale = shop().sale("A lamp that somebody nameless wants", 5);
        String other = shop().sale("A lamp beside it", 5);
        OrderPlaced poison = placed("ann\0ie");
        shop().publish(sale, placed("erin"), poison, placed("frank"));
        await().atMost(Screen.SEEN_MAX).until(() -> shop().deadLetters() > 0);

        // When
        screen().click(LETTERS_ENTRY);

        // Then
        screen().sees(LETTERS_SAID, "1");
        screen().sees(By.cssSelector(".letters tbody th"), "order.granted.v1");
        screen().sees(By.cssSelector(".letters .chip"), "refused");
        screen().sees(By.cssSelector(".letters .reason"), "invalid byte sequence");
        screen().sees(By.linkText(sale), sale);
        assertThat(screen().text(By.cssSelector(".letters tbody td:nth-of-type(3)")))
                .isEqualTo(DoorbusterTopology.ledger(new SaleId(sale).partition()));
        assertThat(screen().text(By.cssSelector(".letters tbody td:nth-of-type(4)")))
                .isEqualTo(sale);
        assertThat(screen().run(LINES_OF_THE_KIND)).isEqualTo(1L);
        Axe.findsNothingSerious(screen(), "/console/dead-letters");
        screen().picture("console-dead-letters");
        screen().resize(PHONE);
        screen().fitsTheWidth();
        screen().resize(DESKTOP);
        screen().click(By.linkText(sale));
        screen().click(VERIFY);
        screen().sees(VERDICT, "PENDING");
        screen().sees(WHY, "(dead-letters: order.granted.v1 ");
        screen().sees(BADGE, "1");

        // When, Then: another sale is verified, and its page has the badge
        screen().load("/console/sales/" + other);
        screen().sees(BADGE, "1");
        screen().click(VERIFY);
        screen().sees(VERDICT, "PASS");

        // When: at the confirmation, another key is pressed
        screen().click(LETTERS_ENTRY);
        screen().seesSomething(DISCARD);
        screen().tabTo(DISCARD);
        screen().press(Keys.ENTER);
        screen().sees(DIALOG, "1 × order.granted.v1 Counted orders get no row");
        screen().sees(By.cssSelector("dialog pre"), poison.orderId().toString());
        Axe.findsNothingSerious(screen(), "the question before a letter is thrown away");
        screen().picture("console-dead-letter-discard");
        screen().press(Keys.ENTER);

        // Then
        screen().seesNothing(DIALOG);
        assertThat(shop().deadLetters()).isEqualTo(1);

        // When
        screen().tabTo(DISCARD);
        screen().press(Keys.ENTER);
        screen().tabTo(DISCARD_YES);
        screen().press(Keys.ENTER);

        // Then: it is gone with the badge, and the other units are verified
        screen().sees(DONE, "Deleted: 1.");
        screen().sees(LETTERS_SAID, "There are none");
        screen().seesNothing(BADGE);
        assertThat(screen().focused().getText()).isEqualTo("Refresh");
        screen().load("/console/sales/" + sale);
        screen().click(VERIFY);
        screen().sees(VERDICT, "PASS");
        screen().seesAttribute(UNITS, "aria-label", "Reserved or paid 2, ");
    }

    @Test
    void aReplayedDeadLetterIsDecidedAndItsSaleVerified() throws Exception {
        // Given
        String sale = shop().sale("A lamp that comes late", 5);
        shop().setAside(placed("grace"), Route.entrance(new SaleId(sale)), sale);
        screen().load("/console/sales/" + sale);
        screen().click(VERIFY);
        screen().sees(VERDICT, "PENDING");
        screen().click(LETTERS_ENTRY);
        screen().sees(LETTERS_SAID, "1");

        // When
        screen().click(SEND_BACK);

        // Then
        screen().sees(DONE, "Replayed: 1.");
        screen().sees(LETTERS_SAID, "There are none");
        screen().load("/console/sales/" + sale);
        screen().click(VERIFY);
        screen().sees(VERDICT, "PASS");
        screen().seesAttribute(UNITS, "aria-label", "Reserved or paid 1, Reserved 1");
    }

    @Test
    void allAreSentBackAtOnce() throws Exception {
        // Given
        String sale = shop().sale("A lamp for three", 5);
        for (String buyer : List.of("heidi", "ivan", "judy")) {
            shop().setAside(placed(buyer), Route.entrance(new SaleId(sale)), sale);
        }
        screen().click(LETTERS_ENTRY);
        screen().sees(LETTERS_SAID, "3");

        // When
        screen().click(By.cssSelector(".all-letters button:first-child"));

        // Then
        screen().sees(DONE, "Replayed: 3.");
        screen().sees(LETTERS_SAID, "There are none");
    }

    @Test
    void whatIsSetAsideWhileThePageIsOpenIsShownUnasked() throws Exception {
        // Given
        String sale = shop().sale("A lamp that goes wrong now", 5);
        screen().click(LETTERS_ENTRY);
        screen().sees(LETTERS_SAID, "There are none");

        // When
        shop().setAside(placed("mallory"), Route.entrance(new SaleId(sale)), sale);

        // Then
        screen().sees(By.cssSelector(".letters"), "the test wants it so");
    }

    @Test
    void aDeadLetterHandledByAnotherOperatorIsReportedAsGone() throws Exception {
        // Given
        String sale = shop().sale("A lamp that two look after", 5);
        shop().setAside(placed("niaj"), Route.entrance(new SaleId(sale)), sale);
        screen().click(LETTERS_ENTRY);
        screen().sees(LETTERS_SAID, "1");
        operator.answerInstead("/api/operations", "new Response('{}', {status: 503})");
        shop().throwDeadLettersAway();

        // When
        screen().click(SEND_BACK);

        // Then
        screen().sees(BAD, "It was already handled");
        screen().sees(LETTERS_SAID, "There are none");
    }

    @Test
    void aFailedActionIsReportedWithAdvice() throws Exception {
        // Given
        String sale = shop().sale("A lamp from nowhere", 5);
        shop().setAside(placed("olivia"), new Route("no-such-exchange", "key"), sale);
        screen().click(LETTERS_ENTRY);
        screen().sees(LETTERS_SAID, "1");

        // When, Then
        screen().click(SEND_BACK);
        screen().sees(BAD, "no-such-exchange");
        screen().sees(BAD, "Correct the cause, then try again.");
        screen().sees(LETTERS_SAID, "1");

        // When, Then: simulates an unavailable broker
        operator.answerInstead(
                "/replay", "new Response(JSON.stringify({type: '/problems/overloaded'}), {status: 503})");
        screen().click(SEND_BACK);
        screen().sees(BAD, "The message broker does not answer. Nothing was done");
    }
}
