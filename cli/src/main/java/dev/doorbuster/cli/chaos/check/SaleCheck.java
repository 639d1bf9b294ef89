package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.check.Books.SaleRow;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Happening;
import dev.doorbuster.cli.chaos.history.Request;
import dev.doorbuster.cli.chaos.history.Round;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sums of each sale: sold, held, left, and in whose turn. */
final class SaleCheck {
    /** Who wants a unit asks more often than this. */
    private static final long STILL_ASKING_MICROS = 10_000_000;

    private final Evidence evidence;
    private final Findings findings;
    private final Map<String, List<Exchange>> placed;

    private SaleCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.placed = evidence.history().exchanges().stream()
                .filter(exchange -> exchange.is(Request.Kind.ORDER))
                .collect(Collectors.groupingBy(exchange -> exchange.request().sale()));
    }

    static void run(Evidence evidence, Findings findings) {
        var check = new SaleCheck(evidence, findings);
        Map<String, Round> rounds =
                evidence.history().rounds().stream().collect(Collectors.toMap(Round::sale, round -> round));
        for (SaleRow sale : evidence.books().sales()) {
            check.sums(sale);
            if (rounds.containsKey(sale.id())) {
                check.unsold(sale, rounds.get(sale.id()));
                check.turns(rounds.get(sale.id()));
            }
        }
    }

    private void sums(SaleRow sale) {
        var perBuyer = new HashMap<String, Long>();
        for (OrderRow row : evidence.books().orders()) {
            if (row.sale().equals(sale.id()) && row.holds()) {
                perBuyer.merge(row.buyer(), (long) row.quantity(), Long::sum);
            }
        }
        long held = perBuyer.values().stream().mapToLong(Long::longValue).sum();
        if (held > sale.stock() || sale.sold() > sale.stock()) {
            findings.add(Breach.OVERSOLD, held + " held, " + sale);
        }
        if (held != sale.sold()) {
            findings.add(Breach.SOLD_DIFFERS, held + " held, " + sale);
        }
        perBuyer.forEach((buyer, units) -> {
            if (units > sale.perBuyerLimit()) {
                findings.add(Breach.OVER_LIMIT, buyer + " holds " + units + ", " + sale);
            }
        });
    }

    private void unsold(SaleRow sale, Round round) {
        long left = sale.stock() - sale.sold();
        if (left <= 0) {
            return;
        }
        Map<String, Exchange> last = new HashMap<>();
        placed.getOrDefault(sale.id(), List.of())
                .forEach(exchange -> last.put(exchange.request().buyer(), exchange));
        last.values().stream()
                .filter(Exchange::isSoldOut)
                .filter(exchange -> exchange.request().quantity() <= left)
                .filter(exchange -> exchange.sentMicros() > round.overMicros() - STILL_ASKING_MICROS)
                .findFirst()
                .ifPresent(exchange -> findings.add(Breach.LEFT_UNSOLD, left + " left of " + sale + "; " + exchange));
    }

    /** While nothing has come back and nothing was broken. */
    private void turns(Round round) {
        long until = quietUntil(round);
        List<Exchange> quiet = placed.getOrDefault(round.sale(), List.of()).stream()
                .filter(exchange -> exchange.answeredMicros() < until)
                .toList();
        quiet.stream()
                .filter(exchange -> exchange.answer().is(409, "sold-out"))
                .findFirst()
                .ifPresent(refused -> quiet.stream()
                        .filter(exchange ->
                                exchange.isTakenIn() && !exchange.answer().replayed())
                        .filter(exchange -> exchange.sentMicros() > refused.answeredMicros())
                        .filter(exchange -> isFirst(exchange, quiet))
                        .findFirst()
                        .ifPresent(served -> findings.add(Breach.OUT_OF_TURN, served + "; before: " + refused)));
    }

    /** A repeat gets what the first request had got, however late. */
    private static boolean isFirst(Exchange exchange, List<Exchange> all) {
        return all.stream()
                .noneMatch(other -> other.sentMicros() < exchange.sentMicros()
                        && other.request().buyer().equals(exchange.request().buyer()));
    }

    private long quietUntil(Round round) {
        long until = round.beganMicros() + round.holdSeconds() * 1_000_000L;
        for (Happening happening : evidence.history().happenings()) {
            boolean before = happening.overMicros() >= round.beganMicros();
            until = before ? Math.min(until, happening.beganMicros()) : until;
        }
        for (Exchange exchange : evidence.history().exchanges()) {
            boolean givesBack = exchange.is(Request.Kind.CANCEL)
                    && exchange.request().sale().equals(round.sale());
            until = givesBack ? Math.min(until, exchange.sentMicros()) : until;
        }
        return until;
    }
}
