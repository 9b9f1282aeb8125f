package org.keptnative.configuration.project;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whose state counts. */
@Schema(name = "Reconcile")
public record ReconcileRequest(
        @Schema(
                enumeration = {"upstream", "project"},
                examples = "project")
        String keep) {}
