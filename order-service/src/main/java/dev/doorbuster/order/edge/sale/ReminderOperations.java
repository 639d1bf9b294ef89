package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.Reminders;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.runtime.rate.RateLimit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** {@code /api/sales/{saleId}/reminder}: whether the caller gets a mail before the sale opens. */
public final class ReminderOperations {
    private static final String WANTED = "wanted";

    private final SaleCache sales;
    private final Reminders reminders;
    private final boolean areSent;
    private final RateLimit buyers;

    /**
     * @param areSent whether the system sends mails
     * @param buyers limit of the requests of one buyer
     */
    public ReminderOperations(SaleCache sales, Reminders reminders, boolean areSent, RateLimit buyers) {
        this.sales = sales;
        this.reminders = reminders;
        this.areSent = areSent;
        this.buyers = buyers;
    }

    public void get(ApiRequest request) {
        buyers.require(request.caller().name());
        Future<Boolean> wanted = sales.require(request.saleId())
                .compose(sale ->
                        reminders.isWanted(sale.saleId(), request.caller().name()));
        request.answer(wanted, found -> request.json(200, new JsonObject().put(WANTED, found)));
    }

    public void put(ApiRequest request) {
        boolean wanted = request.body().getBoolean(WANTED);
        String buyer = request.caller().name();
        buyers.require(buyer);
        Future<Void> changed = sales.require(request.saleId())
                .compose(sale -> wanted ? want(sale, buyer) : reminders.cancel(sale.saleId(), buyer));
        request.answer(changed, done -> request.json(200, new JsonObject().put(WANTED, wanted)));
    }

    private Future<Void> want(SaleView sale, String buyer) {
        if (!areSent) {
            throw ProblemType.NO_REMINDER.exception("This server sends no mails.");
        }
        if (sale.state() != SaleState.SCHEDULED
                || !Instant.now().plus(Limits.REMINDER_BEFORE).isBefore(sale.opensAt())) {
            throw ProblemType.NO_REMINDER.exception("Reminders are sent " + Limits.REMINDER_BEFORE.toMinutes()
                    + " minutes before the opening, and this sale opens earlier or has opened.");
        }
        return reminders.want(sale.saleId(), buyer).map(taken -> {
            if (!taken) {
                throw ProblemType.NO_REMINDER.exception(
                        "At most " + Reminders.OF_BUYER_MAX + " reminders may be wanted at once. Cancel another one.");
            }
            return null;
        });
    }
}
