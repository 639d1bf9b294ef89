package dev.doorbuster.notifier.email;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderMailed;
import dev.doorbuster.contracts.message.RaffleLost;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.channel.ChannelMetrics;
import dev.doorbuster.notifier.channel.ChannelMetrics.Outcome;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one mail for each order, reminder or lost raffle of a message. Sent mails are remembered, so that a retry of the message sends only
 * the others. A mail is sent twice, under the same Message-ID, only if the server's reply was never received or the
 * notifier crashed.
 */
public final class EmailDelivery implements BatchHandler {
    /** Time until a cached sale is read again. */
    private static final Duration SALE_FRESH = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(EmailDelivery.class);

    private static final Map<Outcome, OrderMailed.Outcome> OUTCOMES = Map.of(
            Outcome.DELIVERED, OrderMailed.Outcome.SENT,
            Outcome.FAILED, OrderMailed.Outcome.FAILED,
            Outcome.REFUSED, OrderMailed.Outcome.REFUSED,
            Outcome.UNADDRESSED, OrderMailed.Outcome.UNADDRESSED);

    private final MailsInProgress mails;
    private final SaleLookup sales;
    private final Function<String, Future<MailPreference>> preferences;
    private final MailTemplates templates;
    private final Addresses addresses;
    private final Function<Message, Future<Void>> reported;
    private final ChannelMetrics metrics;

    /**
     * @param preferences by buyer; never fails
     * @param reported publishes what became of mails about orders
     */
    public EmailDelivery(
            Vertx vertx,
            EmailConfig config,
            SaleLookup sales,
            Function<String, Future<MailPreference>> preferences,
            Function<Message, Future<Void>> reported,
            ChannelMetrics metrics) {
        this.mails = new MailsInProgress(vertx, config, () -> metrics.count(Outcome.DELIVERED));
        this.sales = sales;
        this.preferences = preferences;
        this.templates = new MailTemplates(config);
        this.addresses = new Addresses(config.to());
        this.reported = reported;
        this.metrics = metrics;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        Future<Void> sent = Future.succeededFuture();
        for (Message message : batch.messages()) {
            sent = sent.compose(v -> metrics.whileWaiting(() -> send(message)));
        }
        return sent;
    }

    private Future<Void> send(Message message) {
        var outcomes = new ArrayList<OrderMailed>();
        return sales.find(message.sale(), SALE_FRESH)
                .map(SaleFacts::of)
                .compose(sale -> {
                    Future<Void> sent = Future.succeededFuture();
                    for (Element element : message.elements()) {
                        sent = sent.compose(v -> send(message, element, notice(message, element, sale), outcomes));
                    }
                    return sent;
                })
                .transform(sent -> sent.succeeded()
                        ? report(message.sale(), outcomes)
                        : report(message.sale(), outcomes).transform(reported -> Future.failedFuture(sent.cause())));
    }

    /** After a failed report the message is retried, which sends no mail again, but reports all of them. */
    private Future<Void> report(SaleId sale, List<OrderMailed> outcomes) {
        return Future.join(Message.split(sale, outcomes).stream().map(reported).toList())
                .mapEmpty();
    }

    private Future<Void> send(Message message, Element element, Notice notice, List<OrderMailed> outcomes) {
        return send(message, notice)
                .onSuccess(outcome -> note(message, element, outcome, outcomes))
                .onFailure(cause -> {
                    if (cause instanceof DeliveryException failure) {
                        note(message, element, failure.isFinal() ? Outcome.REFUSED : Outcome.FAILED, outcomes);
                    }
                })
                .mapEmpty();
    }

    private static void note(Message message, Element element, Outcome outcome, List<OrderMailed> outcomes) {
        if (element instanceof OrderEvent event) {
            String about = message.type().topic();
            outcomes.add(new OrderMailed(event.order().id(), about, OUTCOMES.get(outcome), Instant.now()));
        }
    }

    /**
     * What a buyer is to be told.
     *
     * @param event the same in each repetition
     * @param mail by address and preference
     */
    private record Notice(String event, String buyer, BiFunction<String, MailPreference, MailMessage> mail) {}

    private Notice notice(Message message, Element element, SaleFacts sale) {
        if (element instanceof ReminderDue reminder) {
            return new Notice(
                    MailTemplates.event(message.sale(), reminder),
                    reminder.buyer(),
                    (to, preference) -> templates.write(to, message.sale(), reminder, sale, preference));
        }
        if (element instanceof RaffleLost lost) {
            return new Notice(
                    MailTemplates.event(message.sale(), lost),
                    lost.buyer(),
                    (to, preference) -> templates.write(to, message.sale(), lost, sale, preference));
        }
        OrderView order = ((OrderEvent) element).order();
        return new Notice(
                MailTemplates.event(message.type(), order),
                order.buyer(),
                (to, preference) -> templates.write(to, message.type(), order, sale, preference));
    }

    private Future<Outcome> send(Message message, Notice notice) {
        String id = templates.id(notice.event());
        if (mails.wasTaken(id)) {
            return Future.succeededFuture(Outcome.DELIVERED);
        }
        Optional<String> address = addresses.of(notice.buyer());
        if (address.isEmpty()) {
            LOG.warn("no mail {}: the buyer's name yields no address", id);
            metrics.count(Outcome.UNADDRESSED);
            return Future.succeededFuture(Outcome.UNADDRESSED);
        }
        return preferences
                .apply(notice.buyer())
                .compose(preference -> mails.send(id, () -> notice.mail().apply(address.get(), preference)))
                .map(Outcome.DELIVERED)
                .recover(cause -> Future.failedFuture(failed(cause, message.elements())));
    }

    /** Splits a message of several orders after a failure, so that one failing mail does not delay the others. */
    private Throwable failed(Throwable cause, List<?> neighbours) {
        boolean isFinal = cause instanceof DeliveryException failure && failure.isFinal();
        metrics.count(isFinal ? Outcome.REFUSED : Outcome.FAILED);
        return cause instanceof DeliveryException && neighbours.size() > 1
                ? new DataException("one of several mails failed", cause)
                : cause;
    }

    public Future<Void> close() {
        return mails.close();
    }
}
