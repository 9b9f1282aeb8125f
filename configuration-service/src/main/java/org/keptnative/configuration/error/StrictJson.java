package org.keptnative.configuration.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** JSON means what it says: no value of one kind is taken for another, and what is said is all that is sent. */
@Singleton
class StrictJson implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        for (CoercionInputShape number : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(number, CoercionAction.Fail);
        }
        JsonFactory factory = mapper.getFactory();
        factory.disable(JsonFactory.Feature.CHARSET_DETECTION);
        // A repeated name would mean one thing here and another to the next reader.
        factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        // How long a string may be is decided by how long a body may be.
        factory.setStreamReadConstraints(factory.streamReadConstraints()
                .rebuild()
                .maxStringLength(Integer.MAX_VALUE)
                .build());
    }
}
