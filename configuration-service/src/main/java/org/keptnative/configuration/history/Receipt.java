package org.keptnative.configuration.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of an event.
 *
 * @param remembered false, when it concerns no service of this installation
 * @param message why it is not remembered; absent when it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(@Schema(required = true) boolean remembered, String message) {

    static final Receipt REMEMBERED = new Receipt(true, null);

    static Receipt notForUs(String message) {
        return new Receipt(false, message);
    }
}
