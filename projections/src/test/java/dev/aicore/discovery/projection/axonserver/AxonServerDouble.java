package dev.aicore.discovery.projection.axonserver;

import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.GetAggregateEventsRequest;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrRequest;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Double of a node of Axon Server with one context, on the stubs of its connector: appends with the rule of gapless
 * sequence numbers, streams of aggregates, highest sequence numbers, and the platform service. Its events outlive
 * {@link #kill}, as those on a disk do.
 */
final class AxonServerDouble implements AutoCloseable {

    static final String CONTEXT = "registry";

    private static final Metadata.Key<String> ERROR_CODE = ascii("AxonIQ-ErrorCode");
    private static final Metadata.Key<String> CONTEXT_HEADER = ascii("AxonIQ-Context");
    private static final Metadata.Key<String> TOKEN_HEADER = ascii("AxonIQ-Access-Token");

    private final Map<String, List<Event>> aggregates = new HashMap<>();
    private final List<Event> log = new ArrayList<>();
    private final String accessToken;
    private @Nullable AxonServerFault fault;
    private int faults;
    private int port;
    private @Nullable Server server;

    /** @param accessToken token that clients must send; empty for none */
    AxonServerDouble(String accessToken) {
        this.accessToken = accessToken;
        start();
    }

    /** Starts the node on its port; does nothing if it runs. */
    void start() {
        if (server == null) {
            try {
                server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .addService(ServerInterceptors.intercept(new Events(), new Gate()))
                        .addService(ServerInterceptors.intercept(new Platform(), new Gate()))
                        .build()
                        .start();
                port = server.getPort();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Cuts all connections at once. */
    void kill() {
        var running = server;
        server = null;
        if (running != null) {
            try {
                running.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Lets the next calls fail. */
    synchronized void fail(AxonServerFault kind, int times) {
        fault = kind;
        faults = times;
    }

    /** Returns true if all faults have happened. */
    synchronized boolean isFine() {
        return faults == 0;
    }

    /** Returns all events in the order of their appends. */
    synchronized List<Event> events() {
        return List.copyOf(log);
    }

    /** Returns the number of events. */
    synchronized int size() {
        return log.size();
    }

    /** Deletes all events. */
    synchronized void clear() {
        log.clear();
        aggregates.clear();
    }

    /** Appends events, all or none; returns false if a sequence number isn't the next one of its aggregate. */
    synchronized boolean append(List<Event> events) {
        var next = new HashMap<String, Long>();
        for (var event : events) {
            var aggregate = event.getAggregateIdentifier();
            long expected = next.getOrDefault(aggregate, (long)
                    aggregates.getOrDefault(aggregate, List.of()).size());
            if (event.getAggregateSequenceNumber() != expected) {
                return false;
            }
            next.put(aggregate, expected + 1);
        }
        for (var event : events) {
            aggregates
                    .computeIfAbsent(event.getAggregateIdentifier(), _ -> new ArrayList<>())
                    .add(event);
            log.add(event);
        }
        return true;
    }

    private synchronized List<Event> ofAggregate(String aggregate) {
        return List.copyOf(aggregates.getOrDefault(aggregate, List.of()));
    }

    private synchronized boolean fails(AxonServerFault kind) {
        boolean happens = fault == kind && faults > 0;
        faults -= happens ? 1 : 0;
        return happens;
    }

    @Override
    public void close() {
        kill();
    }

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static Metadata code(String code) {
        var trailers = new Metadata();
        trailers.put(ERROR_CODE, code);
        return trailers;
    }

    /** Refuses calls before their service sees them. */
    private final class Gate implements ServerInterceptor {

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            var token = headers.get(TOKEN_HEADER);
            boolean isStranger = !accessToken.isEmpty() && !accessToken.equals(token);
            if (fails(AxonServerFault.UNAVAILABLE)) {
                call.close(Status.UNAVAILABLE, new Metadata());
            } else if (isStranger || fails(AxonServerFault.UNAUTHENTICATED)) {
                call.close(Status.PERMISSION_DENIED.withDescription("Invalid token"), code("AXONIQ-1001"));
            } else if (!CONTEXT.equals(headers.get(CONTEXT_HEADER)) || fails(AxonServerFault.CONTEXT_MISSING)) {
                call.close(Status.NOT_FOUND.withDescription("Context not found"), code("AXONIQ-1302"));
            } else {
                return next.startCall(call, headers);
            }
            return new ServerCall.Listener<>() {};
        }
    }

    /** Event store of the node. */
    private final class Events extends EventStoreGrpc.EventStoreImplBase {

        @Override
        public StreamObserver<Event> appendEvent(StreamObserver<Confirmation> answer) {
            return new Appending(answer);
        }

        @Override
        public void listAggregateEvents(GetAggregateEventsRequest request, StreamObserver<Event> answer) {
            if (fails(AxonServerFault.SLOW)) {
                return;
            }
            long last = request.getMaxSequence() == 0 ? Long.MAX_VALUE : request.getMaxSequence();
            ofAggregate(request.getAggregateId()).stream()
                    .filter(event -> event.getAggregateSequenceNumber() >= request.getInitialSequence()
                            && event.getAggregateSequenceNumber() <= last)
                    .forEach(answer::onNext);
            answer.onCompleted();
        }

        @Override
        public void readHighestSequenceNr(
                ReadHighestSequenceNrRequest request, StreamObserver<ReadHighestSequenceNrResponse> answer) {
            if (fails(AxonServerFault.SLOW)) {
                return;
            }
            answer.onNext(ReadHighestSequenceNrResponse.newBuilder()
                    .setToSequenceNr(ofAggregate(request.getAggregateId()).size() - 1L)
                    .build());
            answer.onCompleted();
        }
    }

    /** One append: its events are committed together when the client has sent all. */
    private final class Appending implements StreamObserver<Event> {

        private final StreamObserver<Confirmation> answer;
        private final List<Event> events = new ArrayList<>();

        Appending(StreamObserver<Confirmation> answer) {
            this.answer = answer;
        }

        @Override
        public void onNext(Event event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable cancelled) {
            events.clear();
        }

        @Override
        public void onCompleted() {
            if (fails(AxonServerFault.SLOW)) {
                return;
            }
            if (fails(AxonServerFault.STREAM_CLOSED)) {
                answer.onCompleted();
            } else if (fails(AxonServerFault.NOT_CONFIRMED)) {
                confirm(false);
            } else if (fails(AxonServerFault.SEQUENCE_REFUSED) || !append(events)) {
                answer.onError(new StatusRuntimeException(
                        Status.OUT_OF_RANGE.withDescription("Invalid sequence number"), code("AXONIQ-2000")));
            } else if (fails(AxonServerFault.ACKNOWLEDGEMENT_LOST)) {
                answer.onError(
                        Status.UNAVAILABLE.withDescription("Connection reset").asRuntimeException());
            } else {
                confirm(true);
            }
        }

        private void confirm(boolean success) {
            answer.onNext(Confirmation.newBuilder().setSuccess(success).build());
            answer.onCompleted();
        }
    }

    /** Platform service of a node that is its own primary. */
    private static final class Platform extends PlatformServiceGrpc.PlatformServiceImplBase {

        @Override
        public void getPlatformServer(ClientIdentification client, StreamObserver<PlatformInfo> answer) {
            answer.onNext(PlatformInfo.newBuilder().setSameConnection(true).build());
            answer.onCompleted();
        }

        @Override
        public StreamObserver<PlatformInboundInstruction> openStream(
                StreamObserver<PlatformOutboundInstruction> answer) {
            return new StreamObserver<>() {
                @Override
                public void onNext(PlatformInboundInstruction instruction) {}

                @Override
                public void onError(Throwable cancelled) {}

                @Override
                public void onCompleted() {
                    answer.onCompleted();
                }
            };
        }
    }
}
