package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.ledger.RecountCause;
import dev.doorbuster.order.ledger.SaleStates;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hibernate.annotations.DynamicUpdate;

/** A sale's row. Changing it is deciding: each method that makes the counter wrong answers with its recount. */
@Entity
@Table(name = "sales")
@DynamicUpdate
class SaleEntity {
    /** How far from now a sale may open or close: every time that is shown has a year of four digits, in any time zone. */
    private static final Duration REACH = Duration.ofDays(3652);

    @Id
    private String id;

    private String title;
    private long priceCents;
    private String currency;
    private long stock;

    @Column(updatable = false)
    private long sold;

    private int perBuyerLimit;
    private Instant opensAt;
    private Instant closesAt;
    private int holdSeconds;
    private String counter;

    @Enumerated(EnumType.STRING)
    private SaleState state;

    private Instant closedAt;
    private long epoch;

    protected SaleEntity() {}

    SaleEntity(SaleId id, NewSale sale, Instant now) {
        this.id = id.value();
        this.title = sale.title();
        this.priceCents = sale.priceCents();
        this.currency = sale.currency();
        this.stock = sale.stock();
        this.perBuyerLimit = sale.perBuyerLimit();
        this.opensAt = sale.opensAt() == null ? now : storable(sale.opensAt());
        this.closesAt = storable(sale.closesAt());
        this.holdSeconds = sale.holdSeconds();
        this.counter = sale.counter().wireName();
        this.state = SaleState.SCHEDULED;
        checkTimes(now);
    }

    boolean due(Instant now) {
        return !opensAt.isAfter(now);
    }

    RecountEntity open(Instant now) {
        state = SaleState.OPEN;
        return recount(RecountCause.OPENED, now);
    }

    RecountEntity close(Instant now) {
        state = SaleState.CLOSED;
        closedAt = now;
        return recount(RecountCause.CLOSED, now);
    }

    boolean closed() {
        return closedAt != null;
    }

    /** Applies an edit; null, or the recount it makes necessary. */
    RecountEntity edit(SaleEdit edit, Instant now) {
        if (edit.opensAt().isPresent() && state != SaleState.SCHEDULED) {
            throw new InvalidSaleException("opensAt", "the sale has opened already");
        }
        edit.title().ifPresent(value -> title = value);
        edit.priceCents().ifPresent(value -> priceCents = value);
        edit.perBuyerLimit().ifPresent(value -> perBuyerLimit = value);
        edit.holdSeconds().ifPresent(value -> holdSeconds = value);
        edit.opensAt().ifPresent(value -> opensAt = storable(value));
        edit.closesAt().ifPresent(value -> closesAt = storable(value.orElse(null)));
        if (edit.opensAt().isPresent() || edit.closesAt().isPresent()) {
            checkTimes(now);
        }
        return edit.stock().isPresent() ? restock(edit.stock().get(), now) : null;
    }

    private RecountEntity restock(long units, Instant now) {
        if (units < sold) {
            throw new StockBelowSoldException(units, sold);
        }
        boolean counted = state == SaleState.OPEN && units != stock;
        stock = units;
        return counted ? recount(RecountCause.STOCK_EDITED, now) : null;
    }

    private RecountEntity recount(RecountCause cause, Instant now) {
        epoch++;
        return new RecountEntity(id, epoch, stock - sold, cause, now);
    }

    /** As precise as the database is, so that what is answered now and what is read later are the same. */
    private static Instant storable(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    private void checkTimes(Instant now) {
        checkReach("opensAt", opensAt, now);
        checkReach("closesAt", closesAt, now);
        if (closesAt != null && !(closesAt.isAfter(opensAt) && closesAt.isAfter(now))) {
            throw new InvalidSaleException("closesAt", "closesAt must be after opensAt and in the future");
        }
    }

    private static void checkReach(String field, Instant time, Instant now) {
        if (time != null && Duration.between(now, time).abs().compareTo(REACH) > 0) {
            throw new InvalidSaleException(field, field + " must be within ten years of now");
        }
    }

    SaleView view() {
        return new SaleView(
                new SaleId(id),
                title,
                priceCents,
                currency,
                stock,
                sold,
                perBuyerLimit,
                opensAt,
                closesAt,
                holdSeconds,
                CounterKind.of(counter),
                SaleStates.shown(state, stock, sold),
                epoch);
    }
}
