package dev.doorbuster.counter.memcached;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.CounterDecisions.CounterSnapshot;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.ModelStore;
import dev.doorbuster.counter.UnknownSaleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Model of Memcached without transactions. Claims and outcomes are read before the counter and written after it, one
 * by one.
 */
public final class ModelMemcached implements ModelStore {
    private record Item(String value, long version) {}

    private static final String COUNTER = "counter";
    private static final String CLAIM = "claim:";
    private static final String OUTCOME = "outcome:";

    private final SaleId sale;
    private final boolean decidesRefusalsAnew;
    private Map<String, Item> items = new LinkedHashMap<>();
    private long versions;

    public ModelMemcached(SaleId sale, boolean decidesRefusalsAnew) {
        this.sale = sale;
        this.decidesRefusalsAnew = decidesRefusalsAnew;
    }

    private String get(String key) {
        Item item = items.get(key);
        return item == null ? null : item.value();
    }

    private void set(String key, String value) {
        items.put(key, new Item(value, ++versions));
    }

    private boolean add(String key, String value) {
        if (items.containsKey(key)) {
            return false;
        }
        set(key, value);
        return true;
    }

    private boolean cas(String key, String value, Item read) {
        if (read == null || !read.equals(items.get(key))) {
            return false;
        }
        set(key, value);
        return true;
    }

    @Override
    public Round<CounterDecisions> deciding(List<OrderPlaced> placed, Set<UUID> again) {
        return new Round<>() {
            private final Map<String, String> claims = new HashMap<>();
            private final Map<UUID, CounterOutcome> recorded = new HashMap<>();
            private Item counter;

            @Override
            public List<Runnable> reads() {
                return List.of(this::readClaims, this::readOutcomes, () -> counter = items.get(COUNTER));
            }

            private void readClaims() {
                placed.forEach(each -> claims.put(each.buyer(), get(CLAIM + each.buyer())));
                claims.values().removeIf(claim -> claim == null);
            }

            private void readOutcomes() {
                placed.forEach(each -> CounterOutcome.ofRecorded(get(OUTCOME + each.requestId()))
                        .filter(outcome -> outcome.granted() || !decidesRefusalsAnew)
                        .ifPresent(outcome -> recorded.put(each.requestId(), outcome)));
            }

            @Override
            public CounterDecisions decide() {
                String value = counter == null ? null : counter.value();
                return CounterDecisions.of(
                        new CounterSnapshot<>(
                                UnknownSaleException.require(sale, value), recorded, new BuyerClaims(claims)),
                        placed,
                        again);
            }

            @Override
            public boolean write(CounterDecisions decided) {
                return cas(COUNTER, decided.after().toString(), counter);
            }

            @Override
            public List<Runnable> records(CounterDecisions decided) {
                var writes = new ArrayList<Runnable>();
                for (OrderPlaced won : decided.counted()) {
                    writes.add(() -> {
                        boolean unused = add(CLAIM + won.buyer(), won.orderId().toString());
                    });
                }
                for (CounterDecision each : decided.fresh()) {
                    writes.add(() -> set(
                            OUTCOME + each.placed().requestId(), each.outcome().recorded()));
                }
                return writes;
            }
        };
    }

    @Override
    public Round<Boolean> installing(CounterValue recount) {
        return new Round<>() {
            private Item there;

            @Override
            public List<Runnable> reads() {
                return List.of(() -> there = items.get(COUNTER));
            }

            @Override
            public Boolean decide() {
                return there == null || recount.replaces(there.value());
            }

            @Override
            public boolean write(Boolean decided) {
                return there == null ? add(COUNTER, recount.toString()) : cas(COUNTER, recount.toString(), there);
            }

            @Override
            public List<Runnable> records(Boolean decided) {
                return List.of();
            }
        };
    }

    /** Deletes a claim only if it is unchanged since it was read. */
    @Override
    public Round<Integer> releasing(List<ClaimReleased> released) {
        return new Round<>() {
            private final Map<String, Item> claims = new LinkedHashMap<>();

            @Override
            public List<Runnable> reads() {
                return List.of(() -> released.forEach(each -> {
                    Item claim = items.get(CLAIM + each.buyer());
                    if (claim != null && claim.value().equals(each.orderId().toString())) {
                        claims.put(CLAIM + each.buyer(), claim);
                    }
                }));
            }

            @Override
            public Integer decide() {
                return claims.size();
            }

            @Override
            public boolean write(Integer decided) {
                claims.forEach((key, claim) -> items.remove(key, claim));
                return true;
            }

            @Override
            public List<Runnable> records(Integer decided) {
                return List.of();
            }
        };
    }

    @Override
    public Optional<CounterValue> counter() {
        return CounterValue.parse(get(COUNTER));
    }

    @Override
    public List<Claim> claims() {
        var claims = new ArrayList<Claim>();
        items.forEach((key, item) -> {
            if (key.startsWith(CLAIM)) {
                claims.add(new Claim(UUID.fromString(item.value()), null, 1));
            }
        });
        return claims;
    }

    @Override
    public void empty() {
        items.clear();
    }

    @Override
    public String evict(RandomGenerator random) {
        var keys = List.copyOf(items.keySet());
        if (keys.isEmpty() || random.nextInt(3) == 0) {
            items.remove(COUNTER);
            return COUNTER;
        }
        String key = keys.get(random.nextInt(keys.size()));
        items.remove(key);
        return key;
    }

    @Override
    public Object snapshot() {
        return new LinkedHashMap<>(items);
    }

    /** Restores old values with new versions: no version read before is valid. */
    @Override
    @SuppressWarnings("unchecked")
    public void rollBack(Object counterSnapshot) {
        items = new LinkedHashMap<>();
        ((Map<String, Item>) counterSnapshot).forEach((key, item) -> set(key, item.value()));
    }

    @Override
    public String toString() {
        var values = new LinkedHashMap<String, String>();
        items.forEach((key, item) -> values.put(key, item.value()));
        return values.toString();
    }
}
