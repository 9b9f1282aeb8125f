package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * What happened to a service in one of its stages.
 *
 * @param happened the members of {@link ServiceState.Happened}
 */
@Schema(
        name = "InverseServiceStageInfo",
        properties = {
            @SchemaProperty(name = "stageName", type = SchemaType.STRING),
            @SchemaProperty(name = "deployedImage", type = SchemaType.STRING),
            @SchemaProperty(
                    name = "lastEventTypes",
                    type = SchemaType.OBJECT,
                    additionalProperties = EventContext.class)
        })
public record ServiceStageInfo(
        String stageName, @JsonUnwrapped Members happened) {}
