package dev.doorbuster.order.edge.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderIdsTest {
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");

    private final OrderIds ids = new OrderIds("a secret that all edges share, and nobody else");

    @Test
    void isTheSameOrderByConstruction() {
        assertThat(ids.mint(SALE, "alice", "key"))
                .isEqualTo(new OrderIds("a secret that all edges share, and nobody else").mint(SALE, "alice", "key"));
    }

    @Test
    void isAUuidOfVersion8() {
        UUID id = ids.mint(SALE, "alice", "key");

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void differsForEachSaleBuyerKeyAndSecret() {
        var all = new HashSet<UUID>();
        all.add(ids.mint(SALE, "alice", "key"));
        all.add(ids.mint(new SaleId("bbbbbbbbbbbbbbbb"), "alice", "key"));
        all.add(ids.mint(SALE, "alicek", "ey"));
        all.add(ids.mint(SALE, "alice", "key2"));
        all.add(ids.mint(SALE, "bob", "key"));
        all.add(new OrderIds("another secret, which is long as well").mint(SALE, "alice", "key"));

        assertThat(all).hasSize(6);
    }

    @Test
    void liesBesideTheOtherOrdersOfItsSale() {
        var fronts = new HashSet<Long>();
        var rests = new HashSet<Long>();
        for (int i = 0; i < 1000; i++) {
            UUID id = ids.mint(SALE, "buyer-" + i, "key");
            fronts.add(id.getMostSignificantBits() >>> 48);
            rests.add(id.getMostSignificantBits() << 16);
        }
        long other = ids.mint(new SaleId("bbbbbbbbbbbbbbbb"), "alice", "key").getMostSignificantBits() >>> 48;

        assertThat(fronts).hasSize(1).doesNotContain(other);
        assertThat(rests).hasSize(1000);
    }

    @Test
    void provesForWhomItWasMinted() {
        UUID id = ids.mint(SALE, "alice", "key");

        assertThat(ids.mintedFor("alice", id)).isTrue();
        assertThat(ids.mintedFor("bob", id)).isFalse();
        assertThat(new OrderIds("another secret, which is long as well").mintedFor("alice", id))
                .isFalse();
    }

    @Test
    void isNotMintedByAnyoneElse() {
        UUID id = ids.mint(SALE, "alice", "key");

        assertThat(ids.mintedFor("alice", UUID.randomUUID())).isFalse();
        for (int bit = 0; bit < 64; bit++) {
            assertThat(ids.mintedFor(
                            "alice", new UUID(id.getMostSignificantBits() ^ 1L << bit, id.getLeastSignificantBits())))
                    .isFalse();
            assertThat(ids.mintedFor(
                            "alice", new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1L << bit)))
                    .isFalse();
        }
    }
}
