package dev.doorbuster.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.Events;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import jakarta.mail.internet.MimeUtility;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as sent to the SMTP server: RFC 5322 for lines, RFC 2047 for non-ASCII text. */
class MailTemplatesTest {
    private static final int LINE_MAX = 78;

    private final MailTemplates templates = new MailTemplates(EmailConfig.fromEnv(new Environment(Map.of())));
    private final OrderView order = Events.confirmed(SaleId.random(new Random()), "alice")
            .elements(OrderEvent.class)
            .get(0)
            .order();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Espresso machine",
                "Überraschend große Bücher über grüne Äpfel, süße Möhren, schöne Öfen und weiße Füße für übermüdete Käufer",
                "Lamp 😀",
                "😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙😋😛😜🤪😝🤑🤗🤭🤫🤔",
                "=?utf-8?q?fake?=",
                "A title in plain ASCII that is far too long for a single line of seventy-eight characters, so it is folded",
                "two  blanks = and_an?underscore"
            })
    void subjectsAreReadAsTheyWereWritten(String title) throws Exception {
        String subject = headers("alice@buyers.example", title).get("Subject");

        assertThat(MimeUtility.decodeText(MimeUtility.unfold(subject))).isEqualTo("Reserved: 2 x " + title);
        assertLines("Subject: " + subject);
    }

    @Test
    void longAddressesBreakNoLine() {
        String address = "a".repeat(64) + "@" + "b".repeat(60) + ".example";

        String to = headers(address, "Espresso machine").get("To");

        assertThat(to).isEqualTo(address);
    }

    private MultiMap headers(String to, String title) {
        return new MailEncoder(
                        templates.write(
                                to,
                                MessageType.ORDER_CONFIRMED,
                                order,
                                new SaleFacts(title, "EUR"),
                                MailPreference.DEFAULT),
                        "doorbuster.example")
                .encodeMail()
                .headers();
    }

    private static void assertLines(String header) {
        assertThat(header.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(Arrays.asList(header.split("\r\n")))
                .allSatisfy(line ->
                        assertThat(line).hasSizeLessThanOrEqualTo(LINE_MAX).isASCII());
        assertThat(Arrays.asList(header.split("\r\n")).stream().skip(1))
                .allSatisfy(line -> assertThat(line).startsWith(" "));
    }
}
