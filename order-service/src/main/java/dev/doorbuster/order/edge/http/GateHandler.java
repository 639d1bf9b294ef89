package dev.doorbuster.order.edge.http;

import dev.doorbuster.order.edge.http.Gate.Refusal;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.RequestSyntax;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the refusals of a {@link Gate}. Handling a request in Vert.x costs more than the refusal itself, and under overload that
 * is lost for orders. Only requests of an ordinary form whose connection is kept are refused here. The body is discarded as it
 * arrives.
 */
final class GateHandler extends ChannelInboundHandlerAdapter {
    private static final String NAME = "gate";
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.CONTENT_TYPE);

    /** Never released: written again and again. */
    private static final Map<ProblemType, ByteBuf> BODIES = new EnumMap<>(Arrays.stream(ProblemType.values())
            .collect(Collectors.toMap(
                    Function.identity(),
                    type -> Unpooled.unreleasableBuffer(
                            Unpooled.wrappedBuffer(type.body().getBytes())))));

    private final Gate gate;
    private final Runnable refused;
    private boolean discarding;
    private boolean written;

    private GateHandler(Gate gate, Runnable refused) {
        this.gate = gate;
        this.refused = refused;
    }

    /**
     * To be called by the server's connection handler.
     *
     * @param refused called for each refused request
     */
    static void add(HttpConnection connection, Gate gate, Runnable refused) {
        ChannelHandlerContext vertx = ((ConnectionBase) connection).channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), NAME, new GateHandler(gate, refused));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            Refusal refusal = isPlain(request) ? gate.refusal(request.uri(), (MultiMap) request.headers()) : null;
            discarding = refusal != null;
            if (discarding) {
                refused.run();
                write(context, refusal);
            }
        }
        if (discarding) {
            boolean unused = ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (written) {
            written = false;
            context.flush();
        }
        context.fireChannelReadComplete();
    }

    /** A request that the decoder could not read has other headers than Vert.x's. */
    private static boolean isPlain(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && HttpMethod.POST.equals(request.method())
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && HttpUtil.isKeepAlive(request)
                && request.headers() instanceof MultiMap headers
                && !headers.contains(HttpHeaders.TRANSFER_ENCODING)
                && RequestSyntax.hasHost(headers);
    }

    private void write(ChannelHandlerContext context, Refusal refusal) {
        ByteBuf content = BODIES.get(refusal.why()).duplicate();
        refusal.headers()
                .add(ApiServer.CONTENT_TYPE_OPTIONS, ApiServer.NOSNIFF)
                .add(HttpHeaders.CACHE_CONTROL, ApiServer.NO_STORE)
                .add(HttpHeaders.CONTENT_TYPE, PROBLEM)
                .add(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.readableBytes()));
        ChannelFuture unused = context.write(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(refusal.why().status()),
                        content,
                        (io.netty.handler.codec.http.HttpHeaders) refusal.headers(),
                        EmptyHttpHeaders.INSTANCE),
                context.voidPromise());
        written = true;
    }
}
