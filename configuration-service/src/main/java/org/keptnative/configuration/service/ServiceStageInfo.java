package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.Map;

/** What happened to a service in one of its stages. */
@Schema(name = "InverseServiceStageInfo")
public record ServiceStageInfo(
        String stageName,
        @JsonInclude(Include.NON_EMPTY) String deployedImage,
        @JsonInclude(Include.NON_EMPTY) Map<String, EventContext> lastEventTypes) {}
