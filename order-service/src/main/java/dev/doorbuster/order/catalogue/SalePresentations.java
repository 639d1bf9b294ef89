package dev.doorbuster.order.catalogue;

import static java.util.stream.Collectors.toMap;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Descriptions and images of sales. Not by a message: nothing that is decided depends on them. */
public final class SalePresentations {
    private final Statements statements;

    /** An image to be served. */
    public record Stored(String type, Buffer bytes) {}

    public SalePresentations(Statements statements) {
        this.statements = statements;
    }

    /** The presentations of those sales that have one. */
    public Future<Map<SaleId, SalePresentation>> of(Collection<SaleId> sales) {
        String[] ids = sales.stream().map(SaleId::value).toArray(String[]::new);
        return statements
                .list(LedgerQueries.PRESENTATIONS, row -> row, Tuple.tuple().addArrayOfString(ids))
                .map(rows -> rows.stream()
                        .collect(toMap(row -> new SaleId(row.getString("sale_id")), SalePresentations::presentation)));
    }

    /** An image by the hash of its content. */
    public Future<Optional<Stored>> image(String hash) {
        return statements.first(
                LedgerQueries.IMAGE,
                row -> new Stored(row.getString("image_type"), row.getBuffer("image")),
                Tuple.of(hash));
    }

    /**
     * Changes the presentation of a sale that exists.
     *
     * @param description null to keep it
     * @param imageGiven false to keep the image
     * @param image null to remove it
     */
    public Future<Void> change(SaleId sale, String description, boolean imageGiven, SaleImage image) {
        Tuple parameters = image == null
                ? Tuple.of(sale.value(), description, imageGiven, null, null, null)
                : Tuple.of(
                        sale.value(),
                        description,
                        imageGiven,
                        image.facts().hash(),
                        image.type(),
                        image.facts().width());
        parameters
                .addInteger(image == null ? null : (Integer) image.facts().height())
                .addBuffer(image == null ? null : Buffer.buffer(image.bytes()));
        return statements.change(LedgerSql.CHANGE_PRESENTATION, parameters).mapEmpty();
    }

    private static SalePresentation presentation(Row row) {
        String hash = row.getString("image_hash");
        return new SalePresentation(
                row.getString("description"),
                hash == null
                        ? Optional.empty()
                        : Optional.of(new SalePresentation.Image(
                                hash, row.getInteger("image_width"), row.getInteger("image_height"))));
    }
}
