package dev.doorbuster.runtime.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;

/**
 * Hands a connection's requests to Vert.x one at a time: the next one when the one before it is answered. Vert.x 4.5 cannot close a
 * connection on which a second request has begun while the first one is being answered: it fails before it tells the close
 * handlers and metrics, which then count the connection for ever. What has been read meanwhile waits here, and no more is read.
 * A request also waits while the client does not read the responses before it, which would otherwise fill the memory.
 *
 * <p>A request of another version than HTTP/1.0 and 1.1 is marked as unreadable, because Vert.x would answer it with 501 in that version.
 */
public final class PipelinedRequests extends ChannelDuplexHandler {
    private static final String NAME = "pipelinedRequests";

    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private boolean answering;
    private boolean readWanted;

    private PipelinedRequests() {}

    /** To be called by a server's connection handler. */
    public static void watch(HttpConnection connection) {
        ChannelHandlerContext vertx = ((ConnectionBase) connection).channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), NAME, new PipelinedRequests());
    }

    /** Closes a connection at once; {@link HttpConnection#close()} waits until a client that does not read has read everything. */
    public static void cut(HttpConnection connection) {
        ChannelFuture unused =
                ((ConnectionBase) connection).channelHandlerContext().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (waiting.isEmpty() && !mustWait(context, message)) {
            handOn(context, message);
        } else {
            waiting.add(message);
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (waiting.isEmpty()) {
            context.read();
        } else {
            readWanted = true;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean interim =
                message instanceof HttpResponse response && response.status().code() < 200;
        ChannelFuture unused = context.write(message, promise);
        if (message instanceof LastHttpContent && !interim) {
            answering = false;
            handOnSoon(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        handOnSoon(context);
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        context.fireChannelInactive();
    }

    private boolean mustWait(ChannelHandlerContext context, Object message) {
        return message instanceof HttpRequest
                && (answering || !context.channel().isWritable());
    }

    /** Not at once: for Vert.x a response is complete only when the call that writes it has returned. */
    private void handOnSoon(ChannelHandlerContext context) {
        if (!waiting.isEmpty() && context.channel().isWritable()) {
            context.executor().execute(() -> handOnWaiting(context));
        }
    }

    private void handOnWaiting(ChannelHandlerContext context) {
        while (!waiting.isEmpty() && !mustWait(context, waiting.peek())) {
            handOn(context, waiting.remove());
        }
        context.fireChannelReadComplete();
        if (waiting.isEmpty() && readWanted) {
            readWanted = false;
            context.read();
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void handOn(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            answering = true;
            HttpVersion version = request.protocolVersion();
            // By identity, as Vert.x compares: "http/1.1" is equal and is not the same.
            if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
                request.setProtocolVersion(HttpVersion.HTTP_1_1);
                request.setDecoderResult(
                        DecoderResult.failure(new IllegalArgumentException("HTTP version " + version)));
            }
        }
        context.fireChannelRead(message);
    }
}
