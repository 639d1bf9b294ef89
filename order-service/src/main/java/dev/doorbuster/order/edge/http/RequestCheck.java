package dev.doorbuster.order.edge.http;

import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Validates requests of one operation of the OpenAPI document.
 *
 * <p>The router's own validation is not used: it would percent-decode headers (an Idempotency-Key may contain "%" or
 * "+"), copy every schema for each value, and switch to a worker thread for each request. The validators here come
 * from the same library and document, are created once, and run on the event loop.
 */
final class RequestCheck {
    private final List<ParameterCheck> parameters;
    private final JsonObject bodySchema;
    private final Validator body;

    private record ParameterCheck(Parameter parameter, Validator validator) {}

    RequestCheck(Operation operation, SchemaRepository schemas) {
        this.parameters = operation.getParameters().stream()
                .map(each -> new ParameterCheck(each, schemas.validator(each.getSchema())))
                .toList();
        if (operation.getRequestBody() == null) {
            this.bodySchema = null;
            this.body = null;
        } else {
            JsonSchema schema = operation
                    .getRequestBody()
                    .getContent()
                    .get(MediaType.APPLICATION_JSON)
                    .getSchema();
            this.bodySchema = (JsonObject) schema;
            this.body = schemas.validator(schema);
        }
    }

    boolean takesBody() {
        return body != null;
    }

    /** Checks before the body is read. */
    void checkContentType(RoutingContext context) {
        if (!isJson(context.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            throw ProblemType.UNSUPPORTED_MEDIA_TYPE.exception();
        }
    }

    /** Whether a {@code Content-Type}, which may be null, is JSON, with any parameters. */
    static boolean isJson(String type) {
        return type != null
                && type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(MediaType.APPLICATION_JSON);
    }

    /** Returns the body, or null for an operation without one; throws a 400 that lists all errors. */
    JsonObject check(RoutingContext context, Buffer read) {
        var wrong = new ArrayList<String>();
        parameters.forEach(each -> check(each, context, wrong));
        Object value = null;
        if (body != null) {
            value = parse(read);
            OutputUnit result = body.validate(value);
            if (!result.getValid()) {
                wrong.addAll(Violations.ofBody(bodySchema, value, result));
            } else {
                wrong.addAll(Violations.ofTexts((JsonObject) value));
            }
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(EdgeProblemResponses.invalid(wrong));
        }
        return (JsonObject) value;
    }

    private static void check(ParameterCheck check, RoutingContext context, List<String> wrong) {
        Parameter parameter = check.parameter();
        Object value = value(parameter, context);
        String in = parameter.getIn().name().toLowerCase(Locale.ROOT);
        if (value == null) {
            if (parameter.isRequired()) {
                wrong.add(in + " \"" + parameter.getName() + "\" is missing");
            }
        } else if (!check.validator().validate(value).getValid()) {
            wrong.add(Violations.ofParameter(in, parameter.getName(), (JsonObject) parameter.getSchema()));
        }
    }

    private static Object value(Parameter parameter, RoutingContext context) {
        return switch (parameter.getIn()) {
            case PATH -> context.pathParam(parameter.getName());
            case QUERY ->
                isList(parameter)
                        ? list(context.request().params().getAll(parameter.getName()))
                        : context.request().getParam(parameter.getName());
            case HEADER -> context.request().getHeader(parameter.getName());
            case COOKIE -> throw new IllegalStateException("no operation reads cookies");
        };
    }

    private static boolean isList(Parameter parameter) {
        return Objects.equals(((JsonObject) parameter.getSchema()).getValue("type"), "array");
    }

    /** Null if the parameter is absent. */
    private static JsonArray list(List<String> values) {
        return values.isEmpty() ? null : new JsonArray(values);
    }

    private static Object parse(Buffer buffer) {
        if (buffer == null || buffer.length() == 0) {
            throw new ProblemException(EdgeProblemResponses.invalid(List.of("the body is missing")));
        }
        try {
            return Json.decodeValue(buffer);
        } catch (DecodeException e) {
            throw new ProblemException(EdgeProblemResponses.invalid(List.of("the body is not JSON")));
        }
    }
}
