package dev.doorbuster.order.edge.http;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.operator.AuditTrail;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records each request of an operation before it is carried out, and the status of its response. A request that cannot be
 * recorded is not carried out. If this process dies in between, the trail has the request without an outcome.
 */
final class AuditedOperation implements ApiOperation {
    private static final Logger LOG = LoggerFactory.getLogger(AuditedOperation.class);
    private static final String SALE_ID = "saleId";
    private static final String WITHOUT_BODY = "x-audit-without-body";

    private final ApiOperation useCase;
    private final String operationId;
    private final boolean withoutBody;
    private final AuditTrail trail;

    private AuditedOperation(ApiOperation useCase, Operation operation, AuditTrail trail) {
        this.useCase = useCase;
        this.operationId = operation.getOperationId();
        this.withoutBody = operation.getExtensions().containsKey(WITHOUT_BODY);
        this.trail = trail;
    }

    /** The use case, audited if operators may change something by it. */
    static ApiOperation of(ApiOperation useCase, Operation operation, JsonArray roles, AuditTrail trail) {
        boolean audited = !operation.getHttpMethod().equals(HttpMethod.GET) && roles.contains(Role.OPERATOR.wireName());
        return audited ? new AuditedOperation(useCase, operation, trail) : useCase;
    }

    @Override
    public void prepare(ApiRequest unchecked) {
        useCase.prepare(unchecked);
    }

    @Override
    public void handle(ApiRequest request) {
        Optional<SaleId> sale = Optional.ofNullable(request.path(SALE_ID)).map(SaleId::new);
        Future<AuditTrail.Begun> begun = trail.begin(request.caller().name(), operationId, sale, parameters(request));
        begun.map(action -> {
                    request.context().addHeadersEndHandler(head -> end(request, action));
                    useCase.handle(request);
                    return null;
                })
                .onFailure(request::fail);
    }

    private void end(ApiRequest request, AuditTrail.Begun action) {
        List<SaleId> concerned = request.concerned();
        int status = request.response().getStatusCode();
        trail.end(action, concerned, status)
                .onFailure(cause -> LOG.warn(
                        "{} of {} ended with {}, which could not be recorded: {}",
                        operationId,
                        action.operator(),
                        status,
                        cause.toString()));
    }

    /** Without the sale, which has a column of its own. */
    private String parameters(ApiRequest request) {
        var parameters = new JsonObject();
        request.context().pathParams().forEach((name, value) -> {
            if (!name.equals(SALE_ID)) {
                parameters.put(name, value);
            }
        });
        if (request.body() != null && !withoutBody) {
            parameters.mergeIn(request.body());
        }
        return parameters.encode();
    }
}
