package dev.doorbuster.order.catalogue;

import dev.doorbuster.order.ledger.RecountCause;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** The row a recount leaves. */
@Entity
@Immutable
@Table(name = "recounts")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields
class RecountEntity {
    @Embeddable
    record Key(String saleId, long epoch) {}

    @EmbeddedId
    private Key key;

    private long available;

    @Enumerated(EnumType.STRING)
    private RecountCause cause;

    private Instant at;

    protected RecountEntity() {}

    RecountEntity(String saleId, long epoch, long available, RecountCause cause, Instant at) {
        this.key = new Key(saleId, epoch);
        this.available = available;
        this.cause = cause;
        this.at = at;
    }

    RecountCause cause() {
        return cause;
    }
}
