package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.ProblemWriter;
import dev.aicore.discovery.web.RelayMark;
import dev.aicore.discovery.web.ThrottledLogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.SslInfo;
import reactor.core.publisher.Mono;

/**
 * Receives the requests that other nodes relay, in front of all other handlers: gives them the address and the
 * certificate of their caller. Refuses each request with a ticket that no node has issued.
 */
final class RelayReceiver implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RelayReceiver.class);

    private final HttpHandler delegate;
    private final RelayProof proof;
    private final ThrottledLogger forgeries;

    RelayReceiver(HttpHandler delegate, RelayProof proof, ThrottledLogger forgeries) {
        this.delegate = delegate;
        this.proof = proof;
        this.forgeries = forgeries;
        RelayMark.prepare();
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        var text = request.getHeaders().getFirst(RelayMark.HEADER);
        if (text == null) {
            return delegate.handle(request, response);
        }
        var ticket = RelayTicket.verified(proof.secret(), request.getMethod().name(), RelayClient.path(request), text);
        return ticket == null ? refuse(request, response) : delegate.handle(relayed(request, ticket), response);
    }

    private Mono<Void> refuse(ServerHttpRequest request, ServerHttpResponse response) {
        forgeries.count(number -> LOG.warn(
                "Refused {} requests with a {} that no node of this store has issued; the last one from {}",
                number,
                RelayMark.HEADER,
                ClientNetwork.of(request)));
        RelayMark.writeNothingDone(response.getHeaders());
        return ProblemWriter.write(
                request,
                response,
                new RegistryException(
                        ErrorCode.FORBIDDEN,
                        "Only nodes of this registry may send the header " + RelayMark.HEADER + "."));
    }

    private static ServerHttpRequest relayed(ServerHttpRequest request, RelayTicket ticket) {
        var certificate = ticket.certificate();
        // Always replaced: the certificate of this connection is that of the node, not of the caller.
        return request.mutate()
                .remoteAddress(ticket.address())
                .sslInfo(certificate == null ? SslInfo.from("") : SslInfo.from("", certificate))
                .headers(RelayMark::set)
                .build();
    }
}
