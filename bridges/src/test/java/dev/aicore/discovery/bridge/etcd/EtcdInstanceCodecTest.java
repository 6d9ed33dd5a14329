package dev.aicore.discovery.bridge.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdInstanceCodecTest {

    private static final EtcdInstanceCodec JSON = new EtcdInstanceCodec("/services/", false);
    private static final EtcdInstanceCodec NAMING = new EtcdInstanceCodec("/services/", true);

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "::1", "host.example"})
    void instance_encodedAndDecoded_isEqual(String address) {
        var instance = new BridgedInstance(
                "1", "orders", "1.2", address, 8080, "grpc", 7, Map.of("k", "v"), List.of("t"), "eu-1", State.HEALTHY);

        for (var codec : List.of(JSON, NAMING)) {
            assertThat(codec.instanceKey(codec.key(instance.key()))).isEqualTo("orders/1");
            assertThat(codec.decode("orders/1", codec.value(instance))).isEqualTo(instance);
        }
    }

    @Test
    void entriesOfOtherWriters_getDefaults() {
        assertThat(decode(JSON, "{\"address\": \"10.0.0.1\", \"port\": 80}"))
                .isEqualTo(new BridgedInstance(
                        "1", "orders", "", "10.0.0.1", 80, "", 100, Map.of(), List.of(), "", State.HEALTHY));
        assertThat(decode(NAMING, "{\"Op\":0,\"Addr\":\"10.0.0.1:80\",\"Metadata\":\"anything\"}"))
                .isEqualTo(new BridgedInstance(
                        "1", "orders", "", "10.0.0.1", 80, "", 100, Map.of(), List.of(), "", State.HEALTHY));
        var unhealthy = decode(JSON, "{\"address\": \"a\", \"port\": 80, \"status\": \"unhealthy\", \"weight\": -5}");
        assertThat(Objects.requireNonNull(unhealthy).state()).isEqualTo(State.UNHEALTHY);
        assertThat(unhealthy.weight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "[]", "{}", "{\"address\": \"10.0.0.1\"}", "{\"address\": \"a\", \"port\": 70000}"})
    void entriesWithoutAddress_areNoInstances(String value) {
        assertThat(decode(JSON, value)).isNull();
        assertThat(decode(NAMING, value)).isNull();
    }

    @Test
    void keysWithoutServiceOrId_areNoInstances() {
        var value = ByteString.copyFromUtf8("{\"address\": \"10.0.0.1\", \"port\": 80}");
        assertThat(JSON.decode("orders", value)).isNull();
        assertThat(JSON.decode("/1", value)).isNull();
        assertThat(JSON.decode("orders/", value)).isNull();
        assertThat(Objects.requireNonNull(JSON.decode("shop/orders/1", value)).service())
                .isEqualTo("shop/orders");
    }

    private static @Nullable BridgedInstance decode(EtcdInstanceCodec codec, String value) {
        return codec.decode("orders/1", ByteString.copyFromUtf8(value));
    }
}
