package org.keptnative.configuration.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The body of every error answer, the shape all Keptn clients read.
 *
 * @param code the HTTP status
 * @param message what is wrong, for a person; never null, since clients dereference it unchecked
 */
@RegisterForReflection // it appears in no endpoint's signature, so the native image would not know it
public record ApiError(int code, String message) {}
