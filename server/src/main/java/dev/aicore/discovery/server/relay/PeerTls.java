package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.FingerprintTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.pem.PemContent;
import reactor.netty.http.client.HttpClient;

/**
 * Encrypts connections between nodes with the certificates of their servers. A node trusts the certificate whose
 * fingerprint its peer has published in the event store; its issuer and its names don't matter.
 */
final class PeerTls {

    private static final Logger LOG = LoggerFactory.getLogger(PeerTls.class);
    private static final String ALGORITHM = "SHA-256";

    private final TlsSettings settings;
    private @Nullable FileTime read;
    private @Nullable String fingerprint;

    PeerTls(TlsSettings settings) {
        this.settings = settings;
    }

    String scheme() {
        return settings.enabled() ? "https" : "http";
    }

    /**
     * Returns the fingerprint of this node's certificate, which is read again when its file has changed; null without
     * TLS. Blocks.
     */
    synchronized @Nullable String fingerprint() {
        var file = settings.certificate();
        if (file == null) {
            return null;
        }
        try {
            var modified = Files.getLastModifiedTime(file);
            if (!modified.equals(read)) {
                fingerprint = HexFormat.of()
                        .formatHex(MessageDigest.getInstance(ALGORITHM)
                                .digest(certificates(file).getFirst().getEncoded()));
                read = modified;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.debug("Failed to read the certificate {}; the previous one stays published.", file, e);
        }
        return fingerprint;
    }

    /** Returns a client that trusts one peer alone; the given client if connections aren't encrypted. */
    HttpClient secured(HttpClient plain, NodeAddress peer) {
        var trusted = peer.fingerprint();
        if (trusted == null) {
            return plain;
        }
        var context = context(trusted);
        return plain.secure(spec -> spec.sslContext(context).handlerConfigurator(handler -> {
            var engine = handler.engine();
            var parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("");
            engine.setSSLParameters(parameters);
        }));
    }

    /** Presents the certificate of this node's server, in case that the peer requires one. */
    private SslContext context(String trusted) {
        try {
            var builder = SslContextBuilder.forClient()
                    .trustManager(FingerprintTrustManagerFactory.builder(ALGORITHM)
                            .fingerprints(trusted)
                            .build());
            if (settings.mutual()) {
                var key = PemContent.load(Objects.requireNonNull(settings.privateKey()))
                        .getPrivateKey();
                builder.keyManager(key, certificates(Objects.requireNonNull(settings.certificate())));
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("The files of server.tls can't be used for connections to other nodes.", e);
        } catch (IOException e) {
            throw new IllegalStateException("The files of server.tls can't be read.", e);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        return Objects.requireNonNull(PemContent.load(file).getCertificates());
    }
}
