package dev.aicore.discovery.command.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.JsonFields;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class HealthCheckParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "http | {'path':'/gesund/ä'} | path | /gesund/ä | ASCII",
                "http | {'path':'/a b'} | path | /a b | blanks",
                "http | {'headers':{'Connection':'close'}} | headers.Connection | close | header",
                "http | {'headers':{'transfer-encoding':'chunked'}} | headers.transfer-encoding | chunked | header",
                "http | {'headers':{'X Y':'a'}} | headers.X Y | a | header",
                "http | {'headers':{'proxy-authorization':'a'}} | headers.proxy-authorization | a | header",
                "http | {'headers':{'HTTP2-Settings':'a'}} | headers.HTTP2-Settings | a | header",
                "http | {'headers':{'Metadata':'true'}} | headers.Metadata | true | metadata services",
                "http | {'headers':{'metadata-flavor':'Google'}} | headers.metadata-flavor | Google | metadata services",
                "http | {'headers':{'X-aws-ec2-metadata-token':'t'}} | headers.X-aws-ec2-metadata-token | t | metadata services",
                "http | {'headers':{'X-aws-ec2-metadata-token-ttl-seconds':'9'}} | headers.X-aws-ec2-metadata-token-ttl-seconds | 9 | metadata",
                "http | {'headers':{'X-Google-Metadata-Request':'True'}} | headers.X-Google-Metadata-Request | True | metadata services",
                "http | {'headers':{'authorization':'bearer Oracle'}} | headers.authorization | bearer Oracle | metadata service",
                "http | {'method':'PUT'} | method | PUT | GET, HEAD or POST",
                "http | {'method':'OPTIONS'} | method | OPTIONS | GET, HEAD or POST",
                "http | {'method':'get'} | method | get | GET, HEAD or POST",
                "http | {'headers':{'X-Name':'ä'}} | headers.X-Name | ä | ASCII",
                "http | {'headers':{'host':'a b'}} | headers.host | a b | host name",
                "script | {'script':'../x'} | script | ../x | plain name",
                "script | {'script':'.hidden'} | script | .hidden | plain name",
                "script | {} | script | | plain name"
            })
    void healthCheck_withInvalidConfig_isRefused(
            String type, String config, String field, String value, String expected) {
        var refused = catchThrowableOfType(RegistryException.class, () -> read(type, ",'config':" + config));
        assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("health_check.config." + field);
            assertThat(error.rejectedValue()).isEqualTo(value);
            assertThat(error.expected()).contains(expected);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | checks | at most 16384 characters",
                "{'checks':{}} | checks | 1 to 8 checks",
                "{'checks':[]} | checks | 1 to 8 checks",
                "{'checks':{'':{'check_type':'ttl'}}} | checks | ids of 1 to 256 characters",
                "{'checks':{'a':{'check_type':'composite'}}} | checks.a.check_type | http, tcp, grpc, script, ttl",
                "{'checks':{'a':{'check_type':'tcp','status':'fine'}}} | checks.a.status | passing",
                "{'checks':{'a':{'check_type':'tcp','config':{'port':0}}}} | checks.a.config.port | 65535",
                "{'checks':{'a':{'check_type':'tcp','config':{'deregister_after':9}}}} | checks.a.config | beside checks"
            })
    void compositeCheck_withInvalidConfig_isRefused(String config, String field, String expected) {
        var refused = catchThrowableOfType(RegistryException.class, () -> read("composite", ",'config':" + config));
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("health_check.config." + field);
            assertThat(error.expected()).contains(expected);
        });
    }

    @Test
    void compositeCheck_keepsItsChecksWithTheirStatuses() {
        var read = Objects.requireNonNull(CompositeCheck.of(read(
                "composite",
                ",'config':{'checks':{'web':{'check_type':'http','interval':3,'config':{'path':'/up'},'notes':'n'},"
                        + "'db':{'check_type':'tcp','status':'warning','output':'slow'}}}")));

        assertThat(read.components()).containsOnlyKeys("db", "web");
        assertThat(read.worst().getKey()).isEqualTo("web");
        var web = read.worst().getValue();
        assertThat(web.check().interval()).isEqualTo(3);
        assertThat(web.check().config()).isEqualTo(Map.of("path", "/up"));
        assertThat(web.status()).isEqualTo(ComponentHealth.STARTING);
        assertThat(web.notes()).isEqualTo("n");
        assertThat(read.components().values())
                .extracting(ComponentCheck::output)
                .containsExactly("slow", "");
    }

    @Test
    void scriptCheck_withoutConfig_isRefused() {
        var refused = catchThrowableOfType(RegistryException.class, () -> read("script", ""));
        assertThat(refused.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo("health_check.config"));
    }

    @Test
    void healthCheck_withValidConfig_isAccepted() {
        assertThat(read("http", ",'config':{'path':'/%C3%A4?x=~','headers':{'Host':'shop.example:80','X-A':''}}")
                        .config())
                .isEqualTo(Map.of("path", "/%C3%A4?x=~", "headers", Map.of("Host", "shop.example:80", "X-A", "")));
        for (var method : List.of("GET", "HEAD", "POST")) {
            assertThat(read(
                                    "http",
                                    ",'config':{'method':'" + method
                                            + "','headers':{'Authorization':'Bearer Oracle2'}}")
                            .config())
                    .containsEntry("method", method);
        }
        assertThat(read("script", ",'config':{'script':'look_1.sh'}").config())
                .isEqualTo(Map.of("script", "look_1.sh"));
        assertThat(read("http", "").config()).isEmpty();
    }

    @Test
    void headers_inAnyOrder_areStoredEqually() {
        var one = read("http", ",'config':{'headers':{'X-B':'2','X-A':'1'}}");
        var other = read("http", ",'config':{'headers':{'X-A':'1','X-B':'2'}}");
        assertThat(ApiJson.mapper().writeValueAsString(one))
                .isEqualTo(ApiJson.mapper().writeValueAsString(other));
    }

    private static HealthCheck read(String type, String more) {
        var text = ("{'name':'web','address':'10.0.0.1','port':80,'health_check':{'check_type':'" + type + "'" + more
                        + "}}")
                .replace('\'', '"');
        var jsonFields = JsonFields.of((ObjectNode) ApiJson.mapper().readTree(text));
        var declared = TestDeclarationMerger.form().read(jsonFields);
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return Objects.requireNonNull(declared.healthCheck());
    }

    @ParameterizedTest
    @CsvSource({"http, 0", "tcp, 60", "grpc, 31536000", "ttl, 0"})
    void deregistrationTime_isAccepted(String type, int seconds) {
        var check = read(type, ",'config':{'deregister_after':" + seconds + "}");
        assertThat(check.deregisterAfter()).hasValue(seconds);
        assertThat(read(type, "").deregisterAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "http | 'deregister_after':-1 | health_check.config.deregister_after",
                "ttl | 'deregister_after':31536001 | health_check.config.deregister_after",
                "http | 'port':0 | health_check.config.port",
                "tcp | 'port':65536 | health_check.config.port"
            })
    void portOrDeregistrationTime_outOfRange_isRefused(String type, String config, String field) {
        var refused = catchThrowableOfType(RegistryException.class, () -> read(type, ",'config':{" + config + "}"));
        assertThat(refused.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "30, false"})
    void noCheck_needsNoLease(int ttl, boolean accepted) {
        var text =
                "{'name':'web','address':'10.0.0.1','port':80,'ttl':" + ttl + ",'health_check':{'check_type':'none'}}";
        var jsonFields = JsonFields.of((ObjectNode) ApiJson.mapper().readTree(text.replace('\'', '"')));
        var declared = TestDeclarationMerger.form().read(jsonFields);
        if (accepted) {
            jsonFields.validate();
            assertThat(Objects.requireNonNull(declared.healthCheck()).checksActively())
                    .isFalse();
        } else {
            var refused = catchThrowableOfType(RegistryException.class, jsonFields::validate);
            assertThat(refused.errors()).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("ttl");
                assertThat(error.message()).isEqualTo("must be 0 (no lease), because the health_check is none");
            });
        }
    }

    /** An instance with neither a lease that expires nor an active check would stay registered permanently. */
    @Test
    void ttlCheck_withoutLease_isRefused() {
        var text = "{'name':'web','address':'10.0.0.1','port':80,'ttl':0,'health_check':{'check_type':'TYPE'}}"
                .replace('\'', '"');
        var jsonFields = JsonFields.of((ObjectNode) ApiJson.mapper().readTree(text.replace("TYPE", "ttl")));
        TestDeclarationMerger.form().read(jsonFields);
        var refused = catchThrowableOfType(RegistryException.class, jsonFields::validate);
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("ttl");
            assertThat(error.rejectedValue()).isEqualTo(0L);
            assertThat(error.expected()).contains("5 to 86400", "http, tcp, grpc or script");
        });
        var active = JsonFields.of((ObjectNode) ApiJson.mapper().readTree(text.replace("TYPE", "tcp")));
        assertThat(TestDeclarationMerger.form().read(active).ttl()).isZero();
        active.validate();
    }
}
