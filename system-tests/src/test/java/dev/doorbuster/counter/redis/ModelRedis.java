package dev.doorbuster.counter.redis;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterSnapshot;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.ModelStore;
import dev.doorbuster.counter.UnknownSaleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Model of Redis: watched keys are read at once; EXEC writes all or nothing. */
public final class ModelRedis implements ModelStore {
    private record Keys(
            String counter, Map<UUID, Long> reservations, Map<String, Long> buyers, Map<UUID, String> outcomes) {
        static Keys none() {
            return new Keys(null, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        Keys copy() {
            return new Keys(
                    counter,
                    new LinkedHashMap<>(reservations),
                    new LinkedHashMap<>(buyers),
                    new LinkedHashMap<>(outcomes));
        }

        Keys with(String newCounter) {
            return new Keys(newCounter, reservations, buyers, outcomes);
        }
    }

    private final SaleId sale;
    private final boolean decidesRefusalsAnew;
    private Keys keys = Keys.none();
    /** Any write since WATCH makes EXEC fail. */
    private long version;

    public ModelRedis(SaleId sale, boolean decidesRefusalsAnew) {
        this.sale = sale;
        this.decidesRefusalsAnew = decidesRefusalsAnew;
    }

    private abstract class Watching<D> implements Round<D> {
        private long watched;

        @Override
        public List<Runnable> reads() {
            return List.of(() -> {
                watched = version;
                read();
            });
        }

        @Override
        public boolean write(D decided) {
            if (watched != version) {
                return false;
            }
            version++;
            exec(decided);
            return true;
        }

        @Override
        public List<Runnable> records(D decided) {
            return List.of();
        }

        abstract void read();

        abstract void exec(D decided);
    }

    @Override
    public Round<CounterDecisions> deciding(List<OrderPlaced> placed, Set<UUID> again) {
        return new Watching<>() {
            private String counter;
            private Map<UUID, CounterOutcome> recorded;
            private Reservations claims;

            @Override
            void read() {
                counter = keys.counter();
                recorded = recorded(placed);
                claims = new Reservations(known(placed), new HashMap<>(keys.buyers()));
            }

            @Override
            public CounterDecisions decide() {
                return CounterDecisions.of(
                        new CounterSnapshot<>(UnknownSaleException.require(sale, counter), recorded, claims),
                        placed,
                        again);
            }

            @Override
            void exec(CounterDecisions decided) {
                if (!claims.takenOrders().isEmpty()) {
                    keys = keys.with(decided.after().toString());
                    claims.takenOrders()
                            .forEach((order, units) -> keys.reservations().put(order, units.longValue()));
                    keys.buyers().putAll(claims.takenBuyers());
                }
                decided.fresh()
                        .forEach(each -> keys.outcomes()
                                .put(each.placed().requestId(), each.outcome().recorded()));
            }
        };
    }

    private Set<UUID> known(List<OrderPlaced> placed) {
        var known = new HashSet<UUID>();
        placed.stream()
                .map(OrderPlaced::orderId)
                .filter(keys.reservations()::containsKey)
                .forEach(known::add);
        return known;
    }

    private Map<UUID, CounterOutcome> recorded(List<OrderPlaced> placed) {
        var recorded = new HashMap<UUID, CounterOutcome>();
        for (OrderPlaced each : placed) {
            CounterOutcome.ofRecorded(keys.outcomes().get(each.requestId()))
                    .filter(outcome -> outcome.granted() || !decidesRefusalsAnew)
                    .ifPresent(outcome -> recorded.put(each.requestId(), outcome));
        }
        return recorded;
    }

    @Override
    public Round<Boolean> installing(CounterValue recount) {
        return new Watching<>() {
            private String there;

            @Override
            void read() {
                there = keys.counter();
            }

            @Override
            public Boolean decide() {
                return recount.replaces(there);
            }

            @Override
            void exec(Boolean decided) {
                keys = keys.with(recount.toString());
            }
        };
    }

    @Override
    public Round<Integer> releasing(List<ClaimReleased> released) {
        var buyerByOrder = new LinkedHashMap<UUID, String>();
        released.forEach(each -> buyerByOrder.put(each.orderId(), each.buyer()));
        return new Watching<>() {
            private Tombstones tombstones;

            @Override
            void read() {
                tombstones = Tombstones.of(buyerByOrder, Map.copyOf(keys.reservations()), Map.copyOf(keys.buyers()));
            }

            @Override
            public Integer decide() {
                return tombstones.orders().size();
            }

            @Override
            void exec(Integer decided) {
                tombstones.orders().forEach(order -> keys.reservations().put(order, 0L));
                keys.buyers().putAll(tombstones.buyers());
            }
        };
    }

    @Override
    public Optional<CounterValue> counter() {
        return CounterValue.parse(keys.counter());
    }

    @Override
    public List<Claim> claims() {
        var claims = new ArrayList<Claim>();
        keys.reservations().forEach((order, units) -> claims.add(new Claim(order, null, units)));
        keys.buyers().forEach((buyer, units) -> claims.add(new Claim(null, buyer, units)));
        claims.removeIf(claim -> claim.quantity() == 0);
        return claims;
    }

    @Override
    public void empty() {
        change(Keys.none());
    }

    @Override
    public String evict(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                change(new Keys(keys.counter(), new LinkedHashMap<>(), keys.buyers(), keys.outcomes()));
                yield "the reservations";
            }
            case 1 -> {
                change(new Keys(keys.counter(), keys.reservations(), new LinkedHashMap<>(), keys.outcomes()));
                yield "the buyers";
            }
            case 2 -> {
                change(new Keys(keys.counter(), keys.reservations(), keys.buyers(), new LinkedHashMap<>()));
                yield "the outcomes";
            }
            default -> {
                change(keys.with(null));
                yield "the counter";
            }
        };
    }

    @Override
    public Object snapshot() {
        return keys.copy();
    }

    @Override
    public void rollBack(Object counterSnapshot) {
        change(((Keys) counterSnapshot).copy());
    }

    private void change(Keys changed) {
        keys = changed;
        version++;
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
