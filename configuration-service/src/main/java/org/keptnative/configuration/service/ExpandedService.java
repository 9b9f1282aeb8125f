package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * A service in one stage.
 *
 * @param creationDate nanoseconds since the epoch, as a decimal string
 * @param happened the members of {@link ServiceState.Happened}
 * @param open the members of {@link ServiceState.Open}
 */
@Schema(
        properties = {
            @SchemaProperty(name = "serviceName", type = SchemaType.STRING),
            @SchemaProperty(name = "creationDate", type = SchemaType.STRING),
            @SchemaProperty(name = "deployedImage", type = SchemaType.STRING),
            @SchemaProperty(
                    name = "lastEventTypes",
                    type = SchemaType.OBJECT,
                    additionalProperties = EventContext.class),
            @SchemaProperty(name = "openApprovals", type = SchemaType.ARRAY, implementation = Approval.class),
            @SchemaProperty(name = "openRemediations", type = SchemaType.ARRAY, implementation = Remediation.class)
        })
public record ExpandedService(
        String serviceName,
        @JsonInclude(Include.NON_EMPTY) String creationDate,
        @JsonUnwrapped Members happened,
        @JsonUnwrapped Members open) {

    static ExpandedService of(ServiceId service, ServiceState state) {
        return new ExpandedService(service.service(), state.creationDate(service), state.happened(), state.open());
    }
}
