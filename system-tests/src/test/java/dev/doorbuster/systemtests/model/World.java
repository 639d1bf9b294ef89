package dev.doorbuster.systemtests.model;

import com.google.errorprone.annotations.FormatMethod;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.counter.ModelStore;
import dev.doorbuster.counter.memcached.ModelMemcached;
import dev.doorbuster.counter.redis.ModelRedis;
import dev.doorbuster.order.ledger.ModelLedger;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.systemtests.model.Broker.Line;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The state of a schedule, and its scheduler. */
final class World {
    private static final SaleId SALE = new SaleId("modelmodelmodel2");
    /** Probability that a process crashes, replaced ones included. */
    private static final double ENDS = 0.03;

    private final Plan plan;
    private final SplittableRandom random;
    private final Consumer<String> notes;
    private final Chaos chaos;
    private final ModelStore store;
    private final ModelLedger ledger;
    private final Broker broker;
    private final Edges edges;
    private final Operator operator;
    private final Promises promises;
    private final List<QueueConsumer> consumers;
    private final List<Step> errands = new ArrayList<>();
    private final int limit;
    private long tick;

    /**
     * Creates the state of a plan.
     *
     * @param notes receives a log of events, or null
     */
    World(Plan plan, Consumer<String> notes) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        this.notes = notes;
        this.chaos = new Chaos(random);
        this.limit = 1 + random.nextInt(3);
        boolean anew = plan.breaks(Mutation.DECIDES_REDELIVERED_REFUSALS_ANEW);
        this.store = plan.kind() == CounterKind.REDIS ? new ModelRedis(SALE, anew) : new ModelMemcached(SALE, anew);
        this.ledger = new ModelLedger(
                scheduled(), plan.broken().flatMap(Mutation::flaw).map(Set::of).orElse(Set.of()));
        this.promises = new Promises(this);
        this.broker = new Broker(this);
        this.edges = new Edges(this);
        this.operator = new Operator(this);
        this.consumers = List.of(
                new QueueConsumer(this, Line.ENTRANCE, new DeciderProcess(this)),
                new QueueConsumer(this, Line.LEDGER, new LedgerProcess(this)),
                new QueueConsumer(this, Line.COUNTS, new RecountProcess(this)),
                new QueueConsumer(this, Line.CLAIMS, new ReleaseProcess(this)));
    }

    private SaleView scheduled() {
        int stock = 1 + random.nextInt(random.nextInt(3) == 0 ? 2 : 6);
        return new SaleView(
                SALE,
                "a lamp",
                4900,
                "EUR",
                stock,
                0,
                limit,
                Instant.EPOCH,
                null,
                30 + random.nextInt(200),
                plan.kind(),
                SaleState.SCHEDULED,
                0,
                null,
                null);
    }

    /** Publishes what the edges report and publish again, confirmed at once. */
    Publisher publisher() {
        return new Publisher() {
            @Override
            public Future<Void> publish(Route route, Message message) {
                broker.publish(message);
                return Future.succeededFuture();
            }

            @Override
            public void tell(Route route, Message message) {
                broker.publishToLedger(message);
            }

            @Override
            public boolean isOpen() {
                return true;
            }
        };
    }

    /** Executes one step of a process; false if no process has one. */
    boolean step() {
        tick++;
        int busy = 0;
        for (QueueConsumer consumer : consumers) {
            busy += consumer.hasWork() ? 1 : 0;
        }
        if (busy + errands.size() == 0) {
            return false;
        }
        int turn = random.nextInt(busy + errands.size());
        if (turn < errands.size()) {
            run(turn);
        } else {
            nth(turn - errands.size()).step();
        }
        return true;
    }

    private QueueConsumer nth(int busy) {
        int left = busy;
        for (QueueConsumer consumer : consumers) {
            if (consumer.hasWork() && left-- == 0) {
                return consumer;
            }
        }
        throw new IllegalArgumentException("fewer than " + busy + " are busy");
    }

    private void run(int errand) {
        Step next = errands.remove(errand).take();
        if (next == null) {
            return;
        } else if (chaos.mayBe(Fault.CRASH) && random.nextDouble() < ENDS) {
            chaos.struck();
        } else {
            errands.add(next);
        }
    }

    /** Adds steps that run in no fixed order with others. */
    void errand(Step first) {
        errands.add(first);
    }

    void publish(Element element) {
        broker.publish(Message.of(SALE, element));
    }

    void tell(Element element) {
        broker.tell(Message.of(SALE, element));
    }

    void storeLost(String what) {
        note("FAULT lost: %s -> %s", what, store);
        chaos.storeLost(tick);
    }

    @FormatMethod
    void note(String what, Object... about) {
        if (notes != null) {
            notes.accept(tick + " " + String.format(what, about));
        }
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    void pass(long ticks) {
        tick += ticks;
    }

    long tick() {
        return tick;
    }

    Instant now() {
        return Instant.ofEpochSecond(tick);
    }

    int limit() {
        return limit;
    }

    SaleId sale() {
        return SALE;
    }

    Plan plan() {
        return plan;
    }

    SplittableRandom random() {
        return random;
    }

    Chaos chaos() {
        return chaos;
    }

    ModelStore store() {
        return store;
    }

    ModelLedger ledger() {
        return ledger;
    }

    Broker broker() {
        return broker;
    }

    Edges edges() {
        return edges;
    }

    Operator operator() {
        return operator;
    }

    Promises promises() {
        return promises;
    }

    List<QueueConsumer> consumers() {
        return consumers;
    }
}
