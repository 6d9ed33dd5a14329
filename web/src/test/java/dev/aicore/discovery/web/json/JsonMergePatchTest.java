package dev.aicore.discovery.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.web.ApiJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonMergePatchTest {

    /** Applies the examples of RFC 7396, appendix A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b'} | {'a':null} | {}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':'c'} | {'a':['b']} | {'a':['b']}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "['a','b'] | ['c','d'] | ['c','d']",
                "{'a':'b'} | ['c'] | ['c']",
                "{'a':'foo'} | null | null",
                "{'a':'foo'} | 'bar' | 'bar'",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "[1,2] | {'a':'b','c':null} | {'a':'b'}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
            })
    void apply_returnsResultOfRfcExample(String target, String patch, String result) {
        assertThat(JsonMergePatch.apply(json(target), json(patch))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a':1} | {'a':1} | {}",
                "{'a':1,'b':2} | {'b':3} | {'a':null,'b':3}",
                "{'a':{'b':1,'c':2}} | {'a':{'c':2}} | {'a':{'b':null}}",
                "{'a':{'b':1}} | {'a':[1]} | {'a':[1]}",
                "{'a':[1,2]} | {'a':[2]} | {'a':[2]}",
                "{} | {'a':{}} | {'a':{}}",
            })
    void between_returnsSmallestPatch_whichApplyFollows(String before, String after, String patch) {
        var found = JsonMergePatch.between((ObjectNode) json(before), (ObjectNode) json(after));

        assertThat(found).isEqualTo(json(patch));
        assertThat(JsonMergePatch.apply(json(before), found)).isEqualTo(json(after));
    }

    @Test
    void apply_withoutTarget_returnsPatchWithoutNulls() {
        assertThat(JsonMergePatch.apply(null, json("{'a':null,'b':{'c':null,'d':1}}")))
                .isEqualTo(json("{'b':{'d':1}}"));
    }

    private static JsonNode json(String text) {
        return ApiJson.mapper().readTree(text.replace('\'', '"'));
    }
}
