package dev.aicore.discovery.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretRedactorTest {

    private static final SecretRedactor BY_FORM = new SecretRedactor(List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key sd_k3m9x2b7q1wz_0123456789abcdefghijABCDEFGHIJ0123456789-_x used | key sd_k3m9x2b7q1wz_*** used
            Authorization: Bearer abc.def-123                      | Authorization: *** ***
            sent eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl | sent ***
            postgresql://registry:s3cret/x@db:5432/registry        | postgresql://registry:***@db:5432/registry
            postgresql://registry:s3cret@db:5432/registry          | postgresql://registry:***@db:5432/registry
            redis://:s3cret@cache:6379                             | redis://:***@cache:6379
            jdbc:postgresql://db/r?user=a&password=s3cret&ssl=true | jdbc:postgresql://db/r?user=a&password=***&ssl=true
            {"client_secret": "s3cret", "id": 1}                   | {"client_secret": "***", "id": 1}
            access_token: s3cret                                   | access_token: ***
            generate_missing_secret: false                         | generate_missing_secret: false
            tokens_total 17                                        | tokens_total 17
            """)
    void secret_isReplacedByItsForm(String text, String expected) {
        assertThat(BY_FORM.redact(text)).isEqualTo(expected);
    }

    @Test
    void privateKey_isReplacedAlsoIfItsEndIsMissing() {
        assertThat(BY_FORM.redact("a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b"))
                .isEqualTo("a -----PRIVATE KEY ***----- b");
        assertThat(BY_FORM.redact("a -----BEGIN PRIVATE KEY-----\nMIIE")).doesNotContain("MIIE");
    }

    @Test
    void valueOfSetting_isReplacedWhereverItOccurs() {
        var redactor = new SecretRedactor(List.of("long-secret", "long-secret-and-more", "abc"));

        assertThat(redactor.redact("at long-secret-and-more, xlong-secretx, abc"))
                .isEqualTo("at ***, x***x, abc");
    }

    @Test
    void redactedText_staysAsItIs() {
        var once = BY_FORM.redact("password=s3cret token: \"x\" redis://u:p@h");

        assertThat(BY_FORM.redact(once)).isEqualTo(once);
    }
}
