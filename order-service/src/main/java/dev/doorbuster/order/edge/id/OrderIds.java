package dev.doorbuster.order.edge.id;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.crypto.Mac;

/**
 * Creates and verifies order ids.
 *
 * <p>An order's id is a keyed hash of sale, buyer and idempotency key. So a repeated request yields the same id on
 * any edge and after any crash, and ids cannot be guessed without the secret. An undecided order is in no store, but
 * its buyer may read it; therefore the id itself proves its buyer: the first part is the hash of (sale, buyer, key),
 * the second a hash of (first part, buyer), which an edge can recompute from the id and the caller alone.
 *
 * <p>Some bits of a hash of the sale come first, so that orders placed at the same time are close in the ledger's id
 * index. With random ids, each insert would touch an index page that is not cached, and the more orders there are
 * the more often the page is read and written to the WAL as a whole.
 *
 * <p>The format is a UUID of version 8 (RFC 9562, section 5.8): 16 bits of the sale, 58 of the first part, 48 of the
 * second, 6 fixed ones. Without the secret each of the 106 bits after the sale's has to be guessed. To be used on
 * one event loop only.
 */
public final class OrderIds {
    private static final byte FIRST_PART = 1;
    private static final byte SECOND_PART = 2;
    private static final byte SALE_PART = 3;

    private static final long SALE_MASK = 0xFFFF_0000_0000_0000L;
    private static final long VERSION_MASK = 0x0000_0000_0000_F000L;
    private static final long VERSION_8 = 0x0000_0000_0000_8000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long TAG_MASK = 0x0000_FFFF_FFFF_FFFFL;

    private final Mac mac;
    /** The last sale and its bits: at a time, most orders are of one sale. */
    private SaleId lastSale;

    private long lastBits;

    /**
     * Creates ids with this secret.
     *
     * @param secret shared by all edges as long as there are orders; the key is derived from it under a label with
     *     its purpose and version
     */
    public OrderIds(String secret) {
        Mac derivation = Sha256.mac(secret.getBytes(StandardCharsets.UTF_8));
        mac = Sha256.mac(derivation.doFinal("doorbuster order ids, version 1".getBytes(StandardCharsets.US_ASCII)));
    }

    public UUID mint(SaleId sale, String buyer, String key) {
        mac.update(FIRST_PART);
        update(sale.value());
        update(buyer);
        update(key);
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal());
        long high = (hash.getLong() & ~SALE_MASK & ~VERSION_MASK) | VERSION_8 | bits(sale);
        long low = (hash.getLong() & ~VARIANT_MASK & ~TAG_MASK) | VARIANT;
        return new UUID(high, low | tag(high, low, buyer));
    }

    /** Whether this id was created for this buyer, by any edge with this secret. */
    public boolean mintedFor(String buyer, UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        boolean form = (high & VERSION_MASK) == VERSION_8 && (low & VARIANT_MASK) == VARIANT;
        return form && (low & TAG_MASK) == tag(high, low & ~TAG_MASK, buyer);
    }

    private long bits(SaleId sale) {
        if (!sale.equals(lastSale)) {
            mac.update(SALE_PART);
            update(sale.value());
            lastBits = ByteBuffer.wrap(mac.doFinal()).getLong() & SALE_MASK;
            lastSale = sale;
        }
        return lastBits;
    }

    private long tag(long high, long low, String buyer) {
        mac.update(SECOND_PART);
        mac.update(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).flip());
        update(buyer);
        return ByteBuffer.wrap(mac.doFinal()).getLong() & TAG_MASK;
    }

    /** Prefixed with its length, so that different inputs never encode equally. */
    private void update(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }
}
