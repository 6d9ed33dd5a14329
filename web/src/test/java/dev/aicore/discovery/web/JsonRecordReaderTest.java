package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.aicore.discovery.api.error.RegistryException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JsonRecordReaderTest {

    /** Has a field of every kind. */
    private record ThingRequest(
            @Size(min = 1, max = 20) String thingName,
            @Size(max = 5) @Nullable String note,
            @Min(1) @Max(65_535) Integer port,
            @Min(1) @Max(9) @Nullable Integer size,
            @Min(0) @Max(100) int weight) {}

    private record FlagRequest(@Min(0) @Max(1) Boolean flag) {}

    private record UnboundedRequest(String text) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'thing_name':'a','port':80,'size':9,'weight':100,'note':''}",
                "{}",
                "{'thing_name':'','port':0,'size':0,'weight':-1,'note':'123456'}",
                "{'thing_name':'123456789012345678901','port':65536,'size':10,'weight':101}",
                "{'thing_name':5,'port':'80','size':1.0,'weight':true,'note':[]}",
                "{'thing_name':null,'port':null,'size':null,'weight':null,'note':null}",
                "{'thing_name':'a','port':99999999999999999999}",
                "{'thing_name':'a\\u0000b','port':80,'note':'\\ud800'}",
                "{'thing_name':'a','port':80,'wieght':1}",
                "{'thingName':'a','port':80}",
                "{'thing_name':7,'port':80,'prot':1,'zzzzzzzz':{'a':[1]}}"
            })
    void record_isAcceptedOrRefused_asIfReadByHand(String body) {
        assertThat(answer(body, fields -> JsonRecordReader.read(fields, ThingRequest.class)))
                .isEqualTo(answer(body, JsonRecordReaderTest::readByHand));
    }

    @Test
    void missingFields_areNullOrZero() {
        assertThat(JsonRecordReader.read(fields("{'thing_name':'a','port':80}"), ThingRequest.class))
                .isEqualTo(new ThingRequest("a", null, 80, null, 0));
    }

    @Test
    void component_withoutBoundsOrOfAnotherType_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonRecordReader.read(fields("{}"), FlagRequest.class))
                .withMessageContaining("flag");
        assertThatNullPointerException()
                .isThrownBy(() -> JsonRecordReader.read(fields("{}"), UnboundedRequest.class))
                .withMessageContaining("needs Size");
    }

    private static ThingRequest readByHand(JsonFields fields) {
        var name = fields.text("thing_name", TextConstraint.nonEmpty(20));
        var note = fields.textOrNull("note", TextConstraint.upTo(5));
        int port = fields.integer("port", 1, 65_535);
        var size = fields.integerOrNull("size", 1, 9);
        int weight = fields.integerOr("weight", 0, 100, 0);
        fields.rejectUnknown();
        fields.validate();
        return new ThingRequest(name, note, port, size, weight);
    }

    private static String answer(String body, Function<JsonFields, ThingRequest> read) {
        try {
            return read.apply(fields(body)).toString();
        } catch (RegistryException e) {
            return new String(Problem.of(e, "/things", "1").json(), StandardCharsets.UTF_8);
        }
    }

    private static JsonFields fields(String body) {
        var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return JsonFields.of((ObjectNode) Objects.requireNonNull(StrictJsonParser.read(bytes)));
    }
}
