package dev.doorbuster.loadtest;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.crowd.client.ShopAnswer;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who comes, and what each does: asks, and keeps asking the same, under the same key, until the answer is clear or
 * patience is at an end. An answer lives in the session under the name that a request was given for it.
 */
final class BuyerScenario {
    private static final int RETRIES_MAX = 20;
    private static final int LOOKS_MAX = 6;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final String FIRST = "first";
    private static final String TWIN = "twin";
    private static final String ENCORE = "encore";
    private static final String PAGE = "page";
    private static final String LIST = "list";

    private final LoadReport report;
    private final Requests requests;
    private final Supplier<String> sale;
    /** One a thread, for a MAC is nobody else's while it works. */
    private final ThreadLocal<BuyerTokens> tokens;

    private final String run = Long.toString(Instant.now().getEpochSecond(), Character.MAX_RADIX);
    private final AtomicInteger buyers = new AtomicInteger();

    /** @param sale known when the first of them comes */
    BuyerScenario(LoadPlan plan, LoadReport report, Supplier<String> sale) {
        this.report = report;
        this.requests = new Requests(plan.waitPreferred(), sale);
        this.sale = sale;
        this.tokens = ThreadLocal.withInitial(() -> new BuyerTokens(plan.jwtSecret()));
    }

    /** Each for one unit. */
    ScenarioBuilder storm() {
        return scenario("storm")
                .exec(this::arrive)
                .exec(requests.place(FIRST))
                .exec(read(FIRST))
                .exec(settle(FIRST))
                .exec(tell(FIRST));
    }

    /** Who see the page and click twice, at the same time; that has to be one order, also when it is asked for again. */
    ScenarioBuilder repeats() {
        return scenario("repeats")
                .exec(this::arrive)
                .exec(requests.page(PAGE).resources(requests.place(FIRST), requests.place(TWIN)))
                .exec(this::readPage)
                .exec(read(FIRST))
                .exec(read(TWIN))
                .exec(settle(FIRST), settle(TWIN))
                .exec(tell(FIRST))
                .exec(tell(TWIN))
                .exec(doIf(session -> heard(session, FIRST) == AnswerKind.RESERVED
                                || heard(session, TWIN) == AnswerKind.RESERVED)
                        .then(exec(requests.place(ENCORE)).exec(read(ENCORE))))
                .exec(this::compare);
    }

    ScenarioBuilder browsers() {
        return scenario("browsers")
                .exec(requests.page(PAGE))
                .exec(this::readPage)
                .exec(requests.list(LIST))
                .exec(this::readList);
    }

    private Session arrive(Session session) {
        String name = "g" + run + "-" + buyers.incrementAndGet();
        return session.set("key", name)
                .set("sale", sale.get())
                .set("token", tokens.get().mint(name, Instant.now()))
                .set("arrived", System.nanoTime());
    }

    private Function<Session, Session> read(String name) {
        return session -> Requests.forget(session, name).set(name, report.heard(Requests.answer(session, name)));
    }

    private ChainBuilder settle(String name) {
        String retries = name + ".retries";
        return asLongAs(session -> undecided(session, name) && session.getInt(retries) < RETRIES_MAX, retries)
                .on(doIfOrElse(session -> heard(session, name) == AnswerKind.PENDING)
                        .then(follow(name))
                        .orElse(pause(session -> RetryWait.after(answer(session, name))))
                        .exec(doIf(session -> undecided(session, name))
                                .then(exec(requests.place(name)).exec(read(name)))));
    }

    /** After a 202: looks after the order, and gives up looking after a while. */
    private ChainBuilder follow(String name) {
        String looks = name + ".looks";
        return exec(session -> session.set("order", answer(session, name).orderId()))
                .exec(asLongAs(session -> undecided(session, name) && session.getInt(looks) < LOOKS_MAX, looks)
                        .on(pause(LOOK_EVERY).exec(requests.look(name)).exec(read(name))));
    }

    private Function<Session, Session> tell(String name) {
        return session -> {
            report.told(answer(session, name), Duration.ofNanos(System.nanoTime() - session.getLong("arrived")));
            return session;
        };
    }

    private Session compare(Session session) {
        boolean several = Stream.of(FIRST, TWIN, ENCORE)
                        .map(name -> answer(session, name))
                        .filter(Objects::nonNull)
                        .map(ShopAnswer::orderId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count()
                > 1;
        if (several || (session.contains(ENCORE) && heard(session, ENCORE) == AnswerKind.REFUSED)) {
            report.wrong("repeats that disagree");
        }
        return session;
    }

    private Session readPage(Session session) {
        return readShown(session, PAGE, body -> PageChecks.isSale(body, sale.get()));
    }

    private Session readList(Session session) {
        return readShown(session, LIST, body -> PageChecks.hasSale(body, sale.get()));
    }

    /** A shop that is too busy to show a page says so; that is no wrong page. */
    private Session readShown(Session session, String name, Predicate<String> right) {
        Requests.response(session, name)
                .filter(shown -> shown.status() != 503 && !(shown.status() == 200 && right.test(shown.body())))
                .ifPresent(shown -> report.wrong("wrong pages"));
        return Requests.forget(session, name);
    }

    private static ShopAnswer answer(Session session, String name) {
        return session.get(name);
    }

    private static AnswerKind heard(Session session, String name) {
        return answer(session, name).kind();
    }

    private static boolean undecided(Session session, String name) {
        return switch (heard(session, name)) {
            case RESERVED, REFUSED, UNEXPECTED -> false;
            case PENDING, BUSY, LOST -> true;
        };
    }
}
