package org.keptnative.configuration.resource;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.encoding.Base64Content;

/** A file as a client writes it. */
@Schema(name = "ResourceRequest")
record ResourceRequest(
        @Schema(required = true, examples = "jmeter/load.jmx", description = "a leading slash is ignored")
        String resourceURI,

        @Schema(
                implementation = String.class,
                examples = "aGVsbG8K",
                description = "the file, in standard base64 with padding; absent means empty")
        Base64Content resourceContent) {}
