package dev.doorbuster.systemtests.mutants;

import dev.doorbuster.cli.chaos.fault.FaultInjector;
import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import java.time.Duration;
import java.util.stream.IntStream;

/** Requests and faults of a trial. Each scenario is harmless without a broken rule. */
enum Scenario {
    /**
     * Redis is rolled back to a higher counter; one unit is left, so that no gate is closed. Runs first: later sales
     * are not affected by a rollback.
     */
    REDIS_IS_SET_BACK {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(11, 2);
            trial.order(sale, "ann-0", "k", 2);
            try (FaultInjector faults = trial.setsRedisBackIn(SET_BACK_AFTER)) {
                IntStream.rangeClosed(1, 4).forEach(i -> trial.order(sale, "ann-" + i, "k", 2));
                Trial.untilOver(faults);
            }
            IntStream.range(0, 3).forEach(i -> trial.order(sale, "bob-" + i, "k", 2));
        }
    },
    /** The decider stalls; orders are accepted, and those that it has not fetched are removed from its queue. */
    A_QUEUE_IS_PURGED {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(100, 1);
            try (FaultInjector faults = trial.begins(FaultKind.STALL_STOCK_SERVICE, STALLED_FOR)) {
                IntStream.range(0, 30).forEach(i -> trial.orderInPassing(sale, "ann-" + i));
                trial.purge(sale);
                Trial.untilOver(faults);
            }
        }
    },
    /** Orders are accepted and their requests end; the ledger is killed when the first has its row. */
    THE_LEDGER_DIES {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(100, 1);
            IntStream.range(0, 10).forEach(i -> trial.orderInPassing(sale, "ann-" + i));
            trial.untilTheLedgerHas(sale, 1);
            // By now the ledger has begun the next batch, or still publishes the first one's consequences.
            IntStream.range(0, 3).forEach(i -> trial.orderInPassing(sale, "bob-" + i));
            trial.happens(FaultKind.KILL_ORDER_SERVICE);
        }
    },
    /** Each buyer reads the order as soon as it is confirmed. */
    BUYERS_LOOK_AT_ONCE {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(5, 1);
            for (int i = 0; i < 3; i++) {
                RequestRecord held = trial.order(sale, "ann-" + i, "k", 1);
                if (held.is(AnswerKind.RESERVED)) {
                    trial.look(held);
                }
            }
        }
    },
    /** The only unit is returned, and a refused buyer keeps ordering. */
    THE_ONLY_UNIT_COMES_BACK {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(1, 1);
            RequestRecord held = trial.order(sale, "ann", "k", 1);
            int[] asked = {0};
            trial.within(
                    ASK_MAX,
                    ASK_EVERY,
                    () -> trial.order(sale, "bob", "k" + asked[0]++, 1).answer().isSoldOut() && asked[0] > REFUSALS);
            trial.cancel(held);
            trial.within(
                    ASK_MAX,
                    ASK_EVERY,
                    () -> trial.order(sale, "bob", "k" + asked[0]++, 1).is(AnswerKind.RESERVED));
        }
    },
    /** Some buyers have units, and one cancels. */
    ONE_OF_SOME_UNITS_COMES_BACK {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(5, 1);
            RequestRecord held = trial.order(sale, "ann", "k", 1);
            trial.order(sale, "bob", "k", 1);
            trial.order(sale, "cat", "k", 1);
            trial.cancel(held);
        }
    },
    /** The buyer of the only unit repeats the same request. */
    THE_SAME_REQUEST_AGAIN {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(1, 1);
            int[] asked = {0};
            trial.within(
                    ASK_MAX,
                    ASK_EVERY,
                    () -> trial.order(sale, "ann", "k", 1).is(AnswerKind.REFUSED) || asked[0]++ > REFUSALS);
        }
    },
    /** The open connections to PostgreSQL lead nowhere, and a buyer reads an order until one of the requests fails. */
    THE_DATABASE_IS_OUT_OF_REACH {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(5, 1);
            RequestRecord held = trial.order(sale, "ann", "k", 1);
            try (FaultInjector faults = trial.begins(FaultKind.HALF_OPEN_POSTGRES, OUT_OF_REACH_FOR)) {
                trial.within(ASK_MAX, ASK_EVERY, () -> !trial.look(held).is(AnswerKind.RESERVED));
                Trial.untilOver(faults);
            }
        }
    },
    /** Connections to PostgreSQL are reset in the middle of a reply, again and again, while a buyer reads an order. */
    REPLIES_OF_THE_DATABASE_ARE_CUT_OFF {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(5, 1);
            RequestRecord held = trial.order(sale, "ann", "k", 1);
            for (int i = 0; i < RESETS; i++) {
                try (FaultInjector faults = trial.begins(FaultKind.RESET_POSTGRES, RESET_FOR)) {
                    trial.within(RESET_FOR, LOOK_EVERY, () -> {
                        trial.look(held);
                        return false;
                    });
                    Trial.untilOver(faults);
                }
            }
        }
    },
    /** The open connections to RabbitMQ lead nowhere, and orders are decided meanwhile. */
    THE_BROKERS_CONNECTIONS_LEAD_NOWHERE {
        @Override
        void run(Trial trial) throws InterruptedException {
            decidesDuring(trial, FaultKind.HALF_OPEN_RABBITMQ, "redis");
        }
    },
    /** Replies of Memcached come a few bytes at a time, and orders are decided meanwhile. */
    MEMCACHED_REPLIES_DRIP {
        @Override
        void run(Trial trial) throws InterruptedException {
            decidesDuring(trial, FaultKind.DRIP_MEMCACHED, "memcached");
        }
    },
    /**
     * The master of Redis reaches its replicas and the sentinels no longer. Orders are decided meanwhile; for some seconds the
     * master still takes them.
     */
    THE_MASTER_OF_REDIS_IS_ALONE {
        @Override
        Topology topology() {
            return Topology.HA;
        }

        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(100, 1);
            int[] asked = {0};
            try (FaultInjector faults = trial.begins(FaultKind.ISOLATE_REDIS, LASTING)) {
                trial.within(MASTER_TAKES_ORDERS_MAX, ASK_EVERY, () -> {
                    trial.orderInPassing(sale, "ann-" + asked[0]++);
                    return false;
                });
                trial.verifies(sale, DECIDED_WITHIN);
                Trial.untilOver(faults);
            }
        }
    },
    /** RabbitMQ takes no messages, because its disk is full; buyers order until one is answered otherwise. */
    THE_BROKERS_DISK_IS_FULL {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(1_000, 1);
            int[] asked = {0};
            try (FaultInjector faults = trial.begins(FaultKind.FILL_DISK_RABBITMQ, OUT_OF_REACH_FOR)) {
                trial.within(
                        ASK_MAX,
                        ASK_EVERY,
                        () -> !trial.orderOnce(sale, "ann-" + asked[0]++, "k", 1)
                                .is(AnswerKind.RESERVED));
                Trial.untilOver(faults);
            }
        }
    },
    /** Each flush to the database's disk takes long; each buyer reads the order as soon as it is confirmed. */
    THE_DATABASES_DISK_IS_SLOW {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(100, 1);
            try (FaultInjector faults = trial.begins(FaultKind.SLOW_DISK_POSTGRES, SLOW_FOR)) {
                int[] asked = {0};
                trial.within(SLOW_FOR, LOOK_EVERY, () -> {
                    RequestRecord held = trial.order(sale, "ann-" + asked[0]++, "k", 1);
                    if (held.is(AnswerKind.RESERVED)) {
                        trial.look(held);
                    }
                    return false;
                });
                Trial.untilOver(faults);
            }
        }
    },
    /** A buyer orders at an order-service whose clock is behind. */
    THE_CLOCK_OF_A_SERVICE_IS_BEHIND {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(20, 1);
            try (FaultInjector faults = trial.begins(FaultKind.CLOCK_BACK_ORDER_SERVICE, WRONG_TIME_FOR)) {
                RequestRecord held = trial.orderWhileATimeIsNoticed(sale);
                trial.within(WRONG_TIME_FOR, ASK_EVERY, () -> trial.isExpired(held));
                Trial.untilOver(faults);
            }
        }
    },
    /** A refusal is recorded, but its request not acknowledged; units are returned, and the request is redelivered. */
    A_REFUSAL_IS_DELIVERED_AGAIN {
        @Override
        void run(Trial trial) throws InterruptedException {
            String sale = trial.sale(3, 2);
            RequestRecord held = trial.order(sale, "ann", "k", 2);
            RequestRecord waiting = trial.orderOnce(sale, "bob", "k", 2);
            if (waiting.is(AnswerKind.PENDING)) {
                trial.within(ASK_MAX, ASK_EVERY, () -> trial.look(waiting).is(AnswerKind.REFUSED));
            }
            trial.cancel(held);
            trial.within(
                    ASK_MAX, ASK_EVERY, () -> trial.look(held).answer().status().equals("CANCELLED"));
            trial.untilTheCounterHas(sale, 3);
            trial.happens(FaultKind.KILL_STOCK_SERVICE);
            // Orders the returned units: otherwise they would be left although they were requested.
            trial.order(sale, "cat", "k", 2);
        }
    };

    private static final Duration ASK_MAX = Duration.ofSeconds(20);
    private static final Duration ASK_EVERY = Duration.ofMillis(300);
    /** Refusals until the gate has certainly read the sold-out state: it reads twice per second. */
    private static final int REFUSALS = 5;

    /** Longer than a buyer of a trial waits for an answer. */
    private static final Duration OUT_OF_REACH_FOR = Trial.ANSWER_MAX.plusSeconds(10);

    private static final Duration WRONG_TIME_FOR = Duration.ofSeconds(25);
    /** Shorter than the broker waits for a consumer's heartbeat. */
    private static final Duration STALLED_FOR = Duration.ofSeconds(5);

    private static final Duration SET_BACK_AFTER = Duration.ofSeconds(5);

    private static final int RESETS = 8;
    private static final Duration RESET_FOR = Duration.ofMillis(800);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration SLOW_FOR = Duration.ofSeconds(10);

    /** Twice the lag after which a master without replicas refuses writes, and the polling of its replicas. */
    private static final Duration MASTER_TAKES_ORDERS_MAX = Duration.ofSeconds(8);

    /** Of a fault that services can get around. */
    private static final Duration LASTING = Duration.ofSeconds(60);

    /** Two heartbeats, connecting again, and a verification on a busy machine. */
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(40);

    private static void decidesDuring(Trial trial, FaultKind fault, String counter) throws InterruptedException {
        String sale = trial.sale(counter, 100, 1);
        try (FaultInjector faults = trial.begins(fault, LASTING)) {
            IntStream.range(0, 3).forEach(i -> trial.orderInPassing(sale, "ann-" + i));
            trial.verifies(sale, DECIDED_WITHIN);
            Trial.untilOver(faults);
        }
    }

    /** Of the system that it needs. */
    Topology topology() {
        return Topology.SINGLE;
    }

    abstract void run(Trial trial) throws InterruptedException;
}
