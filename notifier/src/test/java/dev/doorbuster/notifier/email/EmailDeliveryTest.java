package dev.doorbuster.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderMailed;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.notifier.Events;
import dev.doorbuster.notifier.channel.ChannelMetrics;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.notifier.sale.SaleLookupConfig;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.config.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails as received by an SMTP server. */
class EmailDeliveryTest {
    private static final int SOON_SECONDS = 60;

    private final SaleId sale = SaleId.random(new Random());
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<String> asked = new ArrayList<>();
    private final List<Message> reports = new ArrayList<>();
    private Future<Void> reporting = Future.succeededFuture();
    private String title = "Espresso machine";
    private MailPreference preference = MailPreference.DEFAULT;
    private EmailDelivery delivery;

    @BeforeEach
    void start() {
        smtp.start();
        HttpServer shop = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.path());
                    request.response()
                            .end(new JsonObject()
                                    .put("title", title)
                                    .put("currency", "EUR")
                                    .toBuffer());
                })
                .listen(0, "127.0.0.1"));
        var sales = new SaleLookup(
                vertx,
                SaleLookupConfig.fromEnv(
                        new Environment(Map.of("DOORBUSTER_SALES_URL", "http://127.0.0.1:" + shop.actualPort()))));
        var config = Overrides.in(
                EmailConfig.fromEnv(new Environment(Map.of(
                        "DOORBUSTER_SMTP_HOST",
                        "127.0.0.1",
                        "DOORBUSTER_SMTP_PORT",
                        Integer.toString(smtp.getSmtp().getPort()),
                        "DOORBUSTER_SMTP_TLS",
                        "none",
                        "DOORBUSTER_STOREFRONT_URL",
                        "https://sale.example"))),
                "timeout",
                "30000");
        delivery = new EmailDelivery(
                vertx,
                config,
                sales,
                buyer -> Future.succeededFuture(preference),
                mailed -> {
                    reports.add(mailed);
                    return reporting;
                },
                new ChannelMetrics(registry, "email"));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
        smtp.stop();
    }

    @Test
    void writesOneMailForEachStateAsTextAndAsHtml() throws Exception {
        // Given
        List<Message> told = Events.ofEveryState(sale, "alice").stream()
                .filter(message -> !message.type().topic().equals("order.rejected"))
                .toList();

        // When
        for (Message message : told) {
            tell(message);
        }

        // Then
        var subjects = new ArrayList<String>();
        for (MimeMessage mail : smtp.getReceivedMessages()) {
            subjects.add(mail.getSubject());
            assertThat(Arrays.toString(mail.getAllRecipients())).isEqualTo("[alice@buyers.example]");
            assertThat(text(mail))
                    .contains("2 x Espresso machine", "399.80 EUR")
                    .doesNotContain("alice");
            assertThat(html(mail)).contains("Espresso machine", "399.80 EUR").doesNotContain("alice");
        }
        assertThat(subjects)
                .containsExactly(
                        "Reserved: 2 x Espresso machine",
                        "Paid: 2 x Espresso machine",
                        "Cancelled: 2 x Espresso machine",
                        "Expired: 2 x Espresso machine",
                        "Refund due: 2 x Espresso machine");
        assertThat(asked).as("once for all").containsExactly("/api/sales/" + sale);
    }

    @Test
    void derivesTheMessageIdFromOrderAndStateAndContainsThePaymentDeadline() throws Exception {
        Message message = Events.confirmed(sale, "alice");
        String order = message.elements(OrderEvent.class).get(0).order().id().toString();

        tell(message);

        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(mail.getHeader("Message-ID")).containsExactly("<" + order + ".order.confirmed@doorbuster.example>");
        assertThat(mail.getHeader("X-Doorbuster-Event")).containsExactly(order + "/order.confirmed");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(text(mail)).contains("until 27 November 2026, 08:10 UTC");
    }

    @Test
    void isInTheBuyersLanguageAndTimeZoneAndLinksToTheOrder() throws Exception {
        Message message = Events.confirmed(sale, "alice");
        String link = "https://sale.example/orders/"
                + message.elements(OrderEvent.class).get(0).order().id();
        preference = MailPreference.of("zh-Hans", "Asia/Shanghai");

        tell(message);

        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("已预留: 2 x Espresso machine");
        assertThat(mail.getHeader("Content-Language")).containsExactly("zh");
        assertThat(text(mail)).contains("2026年11月27日 16:10（Asia/Shanghai）", "立即付款: " + link);
        assertThat(html(mail)).contains("<html lang=\"zh\">", "href=\"" + link + "\"");
    }

    @Test
    void remindsOnceOfAnOpening() throws Exception {
        Instant opensAt = Instant.parse("2026-11-27T18:00:00Z");
        preference = MailPreference.of("en", "America/New_York");
        Message message = Message.of(sale, new ReminderDue("alice", opensAt));

        tell(message);
        tell(Message.of(sale, message.elements()));
        tell(Message.of(sale, new ReminderDue("alice", opensAt.plusSeconds(3600))));

        assertThat(smtp.getReceivedMessages()).hasSize(2);
        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(Arrays.toString(mail.getAllRecipients())).isEqualTo("[alice@buyers.example]");
        assertThat(mail.getSubject()).isEqualTo("Opens soon: Espresso machine");
        assertThat(text(mail))
                .contains(
                        "opens on 27 November 2026, 13:00 America/New_York",
                        "Go to the sale: https://sale.example/sales/" + sale);
        assertThat(html(mail)).contains("href=\"https://sale.example/sales/" + sale + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "zh-Hans, Asia/Shanghai, CHINESE, Asia/Shanghai",
                "en-GB, Europe/London, ENGLISH, Europe/London",
                "fr, none, ENGLISH, UTC",
                "none, Mars/Olympus, ENGLISH, UTC",
                "'', '', ENGLISH, UTC",
                "zh; Bcc: eve, +08:00, ENGLISH, UTC"
            })
    void anUnknownWishIsEnglishAndUtc(String language, String zone, MailPreference.Language written, String shown) {
        MailPreference preference = MailPreference.of(language, zone);

        assertThat(preference.language()).isEqualTo(written);
        assertThat(preference.zone().getId()).isEqualTo(shown);
    }

    @Test
    void aHostileTitleIsAnInnocentText() throws Exception {
        title = "<script>alert('x')</script> & \"more\"\r\nBcc: eve@buyers.example";

        tell(Events.confirmed(sale, "alice"));

        assertThat(smtp.getReceivedMessages()).hasSize(1);
        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(html(mail)).contains("&lt;script&gt;", "&amp;").doesNotContain("<script");
        assertThat(text(mail)).contains("<script>alert('x')</script> & \"more\"");
        assertThat(mail.getSubject()).contains("<script>").doesNotContain("\n");
        assertThat(mail.getHeader("Bcc")).isNull();
    }

    @Test
    void aRedeliveredEventIsNotSentAgain() {
        Message message = Events.confirmed(sale, "alice", "bob");

        tell(message);
        tell(message);
        tell(Message.of(sale, message.elements()));

        assertThat(smtp.getReceivedMessages()).hasSize(2);
    }

    @Test
    void reportsWhatBecameOfEachMailOfAnOrderAndAgainWithARepeat() {
        // Given
        Message message = Events.confirmed(sale, "alice", "not an address");

        // When
        tell(message);
        tell(message);
        tell(Message.of(sale, new ReminderDue("alice", Instant.parse("2026-11-27T18:00:00Z"))));

        // Then
        List<OrderMailed> mailed = reports.stream()
                .flatMap(report -> report.elements(OrderMailed.class).stream())
                .toList();
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.sale()).isEqualTo(sale));
        assertThat(mailed)
                .extracting(OrderMailed::outcome)
                .containsExactly(
                        OrderMailed.Outcome.SENT,
                        OrderMailed.Outcome.UNADDRESSED,
                        OrderMailed.Outcome.SENT,
                        OrderMailed.Outcome.UNADDRESSED);
        assertThat(mailed).extracting(OrderMailed::event).containsOnly("order.confirmed");
        assertThat(mailed.get(0).orderId())
                .isEqualTo(message.elements(OrderEvent.class).get(0).order().id());
    }

    @Test
    void anOutcomeThatCannotBeReportedIsReportedByTheRepeatWithoutAnotherMail() {
        // Given
        Message message = Events.confirmed(sale, "alice");
        reporting = Future.failedFuture("no broker");
        assertThatThrownBy(() -> tell(message)).hasMessageContaining("no broker");

        // When
        reporting = Future.succeededFuture();
        tell(message);

        // Then
        assertThat(smtp.getReceivedMessages()).hasSize(1);
        assertThat(reports).hasSize(2);
    }

    @Test
    void whoseNameMakesNoAddressIsPassedOver() {
        tell(Events.confirmed(sale, "not an address", "alice", "a@b", "bcc,bob", "x\" <eve"));

        assertThat(smtp.getReceivedMessages()).hasSize(1);
        assertThat(registry.counter("doorbuster.notifier.deliveries", "channel", "email", "outcome", "unaddressed")
                        .count())
                .isEqualTo(4);
    }

    /** The client's own futures complete on other threads. */
    @Test
    void staysOnItsEventLoop() {
        var told = new ArrayList<Boolean>();

        await(Future.<Void>future(done -> vertx.runOnContext(v -> {
            Context loop = vertx.getOrCreateContext();
            delivery.handle(new MessageBatch(List.of(Events.confirmed(sale, "alice"))))
                    .onSuccess(sent -> told.add(Vertx.currentContext() == loop))
                    .onComplete(done);
        })));

        assertThat(told).containsExactly(true);
    }

    private void tell(Message message) {
        await(Future.<Void>future(told -> vertx.runOnContext(
                v -> delivery.handle(new MessageBatch(List.of(message))).onComplete(told))));
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static String text(MimeMessage mail) throws Exception {
        return part(mail, "text/plain");
    }

    private static String html(MimeMessage mail) throws Exception {
        return part(mail, "text/html");
    }

    private static String part(MimeMessage mail, String type) throws Exception {
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        var parts = (MimeMultipart) mail.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType(type)) {
                return (String) part.getContent();
            }
        }
        throw new AssertionError("no part " + type + " in " + mail.getContentType());
    }
}
