/**
 * The manifests of {@code k8s/}: that Kubernetes knows every field of them, that they fit together, and that they say what
 * the services do. Works on what {@link dev.doorbuster.systemtests.k8s.Kustomization} renders; {@code k8s/validate.sh} shows that
 * kustomize renders the same.
 */
@CheckReturnValue
package dev.doorbuster.systemtests.k8s;

import com.google.errorprone.annotations.CheckReturnValue;
