package dev.doorbuster.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderMailed;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.notifier.Events;
import dev.doorbuster.notifier.FussySmtpServer;
import dev.doorbuster.notifier.channel.ChannelMetrics;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.notifier.sale.SaleLookupConfig;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.config.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails to a server that replies after the timeout and has accepted them. */
class SlowSmtpServerTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final SaleId sale = SaleId.random(new Random());
    private final List<OrderMailed> reports = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FussySmtpServer smtp = new FussySmtpServer(vertx, recipient -> "250 fine");
    private HttpServer shop;
    private EmailDelivery delivery;

    @BeforeEach
    void start() {
        shop = get(vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .end(new JsonObject()
                                .put("title", "Espresso machine")
                                .put("currency", "EUR")
                                .toBuffer()))
                .listen(0, "127.0.0.1"));
        delivery = delivery(Map.of());
        // the first look-up of a sale must not be slow here
        tell(Events.confirmed(sale, "early"));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void aMailThatWasTakenLateIsPutOffMeanwhileAndNotSentAgain() {
        // Given
        Message message = Events.confirmed(sale, "alice");
        smtp.beSilentFrom("250 taken");

        // When
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(failure(message))
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            put -> assertThat(put.isFinal()).isFalse());
        }
        smtp.speak();
        await().atMost(SOON).until(() -> delivered() == 2);
        tell(message);

        // Then
        assertThat(smtp.taken()).containsExactly("early@buyers.example", "alice@buyers.example");
        assertThat(delivered()).isEqualTo(2);
        assertThat(reports)
                .filteredOn(mailed -> mailed.orderId()
                        .equals(message.elements(OrderEvent.class)
                                .get(0)
                                .order()
                                .id()))
                .extracting(OrderMailed::outcome)
                .containsExactly(OrderMailed.Outcome.FAILED, OrderMailed.Outcome.FAILED, OrderMailed.Outcome.SENT);
    }

    @Test
    void aRepeatedSendReturnsTheServersLateReply() {
        // Given
        Message message = Events.confirmed(sale, "alice");
        delivery = delivery(Map.of("timeout", "30000"));
        smtp.beSilentFrom("250 taken");
        Future<Void> first = begin(message);
        await().atMost(SOON).until(() -> smtp.taken().size() == 2);

        // When
        Future<Void> second = begin(message);
        smtp.speak();
        get(first);
        get(second);

        // Then
        assertThat(smtp.taken()).hasSize(2);
    }

    @Test
    void othersGoOverOtherConnectionsUpToALimitAndThenWait() {
        // Given
        smtp.beSilentFrom("250 taken");
        assertThat(failure(Events.confirmed(sale, "alice"))).isInstanceOf(DeliveryException.class);
        assertThat(failure(Events.confirmed(sale, "bob"))).isInstanceOf(DeliveryException.class);

        // When
        Message third = Events.confirmed(sale, "carol");
        Throwable refused = failure(third);

        // Then
        assertThat(refused)
                .as("nobody's fault, to be tried until there is room")
                .isNotInstanceOf(DeliveryException.class)
                .hasMessageContaining("2 mails");
        assertThat(smtp.taken()).hasSize(3);
        smtp.speak();
        await().atMost(SOON).until(() -> delivered() == 3);
        tell(third);
        assertThat(smtp.taken()).hasSize(4);
    }

    @Test
    void retriesAMailWhoseLogInFailedUntilTheServerAcceptsIt() {
        // Given
        delivery = delivery(Map.of());
        smtp.beSilentFrom("220");
        Message message = Events.confirmed(sale, "alice");
        int before = smtp.connections();

        // When
        assertThat(failure(message)).isNotInstanceOf(DeliveryException.class);
        assertThat(failure(message)).isNotInstanceOf(DeliveryException.class);
        assertThat(smtp.connections()).as("each try on a new connection").isEqualTo(before + 2);
        smtp.speak();
        tell(message);

        // Then
        tell(Events.confirmed(sale, "bob"));
        assertThat(smtp.taken()).as("what was withdrawn is not sent").hasSize(3);
    }

    @Test
    void aMailOverWhichTheConnectionBreaksIsPutOff() {
        // Given
        delivery = delivery(Map.of("timeout", "30000"));
        smtp.beSilentFrom("250 taken");
        Future<Void> told = begin(Events.confirmed(sale, "alice"));
        await().atMost(SOON).until(() -> smtp.taken().size() == 2);

        // When
        smtp.hangUp();

        // Then
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> get(told))
                .withCauseInstanceOf(DeliveryException.class);
    }

    @Test
    void aMailOfWhichNothingIsHeardInTheEndIsSentAgain() {
        // Given
        delivery = delivery(Map.of("outcomeTimeout", "1000"));
        smtp.beSilentFrom("250 taken");
        Message message = Events.confirmed(sale, "alice");
        assertThat(failure(message)).isInstanceOf(DeliveryException.class);

        // When
        await().atMost(SOON).until(() -> {
            assertThat(failure(message)).isInstanceOf(DeliveryException.class);
            return smtp.taken().size() >= 3;
        });
        smtp.speak();

        // Then
        await().atMost(SOON)
                .until(() -> begin(message)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .handle((told, cause) -> cause == null)
                        .get(SOON.toSeconds(), TimeUnit.SECONDS));
    }

    private EmailDelivery delivery(Map<String, String> more) {
        var variables = new HashMap<>(Map.of(
                "DOORBUSTER_SALES_URL",
                "http://127.0.0.1:" + shop.actualPort(),
                "DOORBUSTER_SMTP_HOST",
                "127.0.0.1",
                "DOORBUSTER_SMTP_PORT",
                Integer.toString(smtp.port()),
                "DOORBUSTER_SMTP_TLS",
                "none",
                "DOORBUSTER_SMTP_CONNECTIONS_MAX",
                "2",
                "timeout",
                "3000"));
        variables.putAll(more);
        return new EmailDelivery(
                vertx,
                Overrides.in(EmailConfig.fromEnv(new Environment(variables)), variables),
                new SaleLookup(vertx, SaleLookupConfig.fromEnv(new Environment(variables))),
                buyer -> Future.succeededFuture(MailPreference.DEFAULT),
                mailed -> {
                    reports.addAll(mailed.elements(OrderMailed.class));
                    return Future.succeededFuture();
                },
                new ChannelMetrics(registry, "email"));
    }

    private double delivered() {
        return registry.counter("doorbuster.notifier.deliveries", "channel", "email", "outcome", "delivered")
                .count();
    }

    private Future<Void> begin(Message message) {
        return Future.future(told -> loop.runOnContext(
                v -> delivery.handle(new MessageBatch(List.of(message))).onComplete(told)));
    }

    private void tell(Message message) {
        get(begin(message));
    }

    private Throwable failure(Message message) {
        return begin(message)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .handle((told, cause) -> cause)
                .join();
    }

    @CanIgnoreReturnValue
    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
