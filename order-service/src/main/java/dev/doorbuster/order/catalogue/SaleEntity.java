package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.SaleView.RaffleTerms;
import dev.doorbuster.contracts.value.SaleView.WaitingRoomTerms;
import dev.doorbuster.order.catalogue.Catalogue.SaleDraft;
import dev.doorbuster.order.catalogue.Catalogue.SaleRefusedException;
import dev.doorbuster.order.ledger.SaleTerms;
import dev.doorbuster.order.ledger.read.SaleStates;
import dev.doorbuster.waitingroom.Draw;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Entity of a sale. It is inserted before it opens; only the ledger updates it. */
@Entity
@Immutable
@Table(name = "sales")
class SaleEntity {
    @Id
    private String id;

    private String title;
    private long priceCents;
    private String currency;
    private long stock;

    @Column(insertable = false)
    private long sold;

    private int perBuyerLimit;
    private Instant opensAt;
    private Instant closesAt;
    private int holdSeconds;
    private String counter;

    @Enumerated(EnumType.STRING)
    private SaleState state;

    @Column(insertable = false)
    private boolean paused;

    @Column(insertable = false)
    private long epoch;

    private Integer admitPerSecond;
    private int workBits;
    private boolean raffle;
    private String drawCommitment;
    private String drawSeed;

    protected SaleEntity() {}

    /**
     * Creates a draft; fails with {@link SaleRefusedException} for invalid times.
     *
     * @param drawSeed for the draw of a waiting room or raffle; kept only if the sale has one
     */
    SaleEntity(SaleId id, NewSale sale, Instant now, String drawSeed) {
        var terms = new SaleTerms(
                sale.title(),
                sale.priceCents(),
                sale.stock(),
                sale.perBuyerLimit(),
                sale.opensAt() == null ? now : sale.opensAt(),
                sale.closesAt(),
                sale.holdSeconds());
        terms.refusalOfTimes(now).ifPresent(refusal -> {
            throw new SaleRefusedException(refusal);
        });
        this.id = id.value();
        this.title = terms.title();
        this.priceCents = terms.priceCents();
        this.currency = sale.currency();
        this.stock = terms.stock();
        this.perBuyerLimit = terms.perBuyerLimit();
        this.opensAt = terms.opensAt();
        this.closesAt = terms.closesAt();
        this.holdSeconds = terms.holdSeconds();
        this.counter = sale.counter().wireName();
        this.state = sale.draft() ? SaleState.DRAFT : SaleState.SCHEDULED;
        this.admitPerSecond = sale.admitPerSecond();
        this.workBits = sale.workBits();
        this.raffle = sale.raffle();
        if (admitPerSecond != null || raffle) {
            this.drawSeed = drawSeed;
            this.drawCommitment = Draw.commitment(drawSeed);
        }
    }

    SaleDraft draft(Instant now) {
        return new SaleDraft(view(), state == SaleState.SCHEDULED && !opensAt.isAfter(now));
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
                SaleStates.shown(state, paused, stock, sold),
                epoch,
                admitPerSecond == null
                        ? null
                        : new WaitingRoomTerms(admitPerSecond, workBits, drawCommitment, publishedSeed()),
                raffle ? new RaffleTerms(drawCommitment, publishedSeed()) : null);
    }

    private String publishedSeed() {
        return state == SaleState.OPEN || state == SaleState.CLOSED ? drawSeed : null;
    }
}
