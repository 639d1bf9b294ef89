package dev.doorbuster.order.catalogue;

import static java.util.stream.Collectors.toMap;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Descriptions and images of sales. Not by a message: nothing that is decided depends on them. */
public final class SalePresentations {
    private final Pool pool;
    private final DatabaseConfig config;

    /** An image to be served. */
    public record Stored(String type, Buffer bytes) {}

    public SalePresentations(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** The presentations of those sales that have one. */
    public Future<Map<SaleId, SalePresentation>> of(Collection<SaleId> sales) {
        String[] ids = sales.stream().map(SaleId::value).toArray(String[]::new);
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerQueries.PRESENTATIONS)
                        .execute(Tuple.tuple().addArrayOfString(ids))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .collect(toMap(
                                        row -> new SaleId(row.getString("sale_id")),
                                        SalePresentations::presentation))));
    }

    /** An image by the hash of its content. */
    public Future<Optional<Stored>> image(String hash) {
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerQueries.IMAGE)
                        .execute(Tuple.of(hash))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> new Stored(row.getString("image_type"), row.getBuffer("image")))
                                .findFirst()));
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
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerSql.CHANGE_PRESENTATION)
                        .execute(parameters)
                        .mapEmpty());
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
