package org.keptnative.datastore.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.List;

/**
 * The body of every error answer, the shape all Keptn clients read.
 *
 * @param code the HTTP status
 * @param message what is wrong, for a person; never null, since clients dereference it unchecked
 * @param unconfirmed the ids of events that may have been stored nevertheless; null and left out when there are none
 */
@RegisterForReflection // it appears in no endpoint's signature, so the native image would not know it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiError(int code, String message, List<String> unconfirmed) {

    ApiError(int code, String message) {
        this(code, message, null);
    }
}
