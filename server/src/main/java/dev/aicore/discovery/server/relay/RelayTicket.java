package dev.aicore.discovery.server.relay;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Describes the connection of a relayed request's caller: the address, and the certificate if there is one. The text
 * form is signed with the secret of the node that receives it, which only nodes of the same event store know.
 *
 * @param address address of the caller; unresolved if it isn't known
 * @param certificate client certificate of the caller's connection, which the sender's TLS has verified
 */
record RelayTicket(InetSocketAddress address, @Nullable X509Certificate certificate) {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String NONE = "-";
    private static final Pattern FORM = Pattern.compile("([0-9a-f]+/[0-9]+|-) ([A-Za-z0-9_-]+) ([A-Za-z0-9_-]{43})");

    /** Returns the ticket of a request's caller. */
    static RelayTicket of(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        var tls = request.getSslInfo();
        var chain = tls == null ? null : tls.getPeerCertificates();
        return new RelayTicket(
                remote == null ? InetSocketAddress.createUnresolved("unknown", 0) : remote,
                chain == null || chain.length == 0 ? null : chain[0]);
    }

    /** Returns the signed text of the ticket, which is valid for this method and path only. */
    String issue(String secret, String method, String path) {
        var caller = address.getAddress() == null
                ? NONE
                : HexFormat.of().formatHex(address.getAddress().getAddress()) + "/" + address.getPort();
        var client = certificate == null ? NONE : encoded(certificate);
        return caller + " " + client + " " + sign(secret, method, path, caller, client);
    }

    /** Returns the ticket of this text; null unless a node that knows the secret issued it for this method and path. */
    static @Nullable RelayTicket verified(String secret, String method, String path, String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        var expected = sign(secret, method, path, parts.group(1), parts.group(2));
        return MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        parts.group(3).getBytes(StandardCharsets.UTF_8))
                ? new RelayTicket(address(parts.group(1)), certificate(parts.group(2)))
                : null;
    }

    private static InetSocketAddress address(String text) {
        if (text.equals(NONE)) {
            return InetSocketAddress.createUnresolved("unknown", 0);
        }
        int slash = text.indexOf('/');
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(HexFormat.of().parseHex(text, 0, slash)),
                    Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("The ticket has no address of 4 or 16 bytes.", e);
        }
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The certificate of the connection has no encoding.", e);
        }
    }

    private static @Nullable X509Certificate certificate(String text) {
        if (text.equals(NONE)) {
            return null;
        }
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The ticket has no readable certificate.", e);
        }
    }

    private static String sign(String secret, String method, String path, String caller, String client) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var signed = String.join("\n", method, path, caller, client);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has " + ALGORITHM + ".", e);
        }
    }
}
