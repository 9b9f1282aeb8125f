package org.keptnative.configuration.service;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which service to create. */
@Schema(name = "Service")
public record ServiceRequest(
        @Schema(
                examples = "carts",
                description = "not empty, at most 200 bytes, no leading dot or dash, none of / > < | : & \\")
        String serviceName) {}
