/**
 * The manifests of {@code k8s/}: Kubernetes knows all their fields, they are consistent, and they match the
 * services' configuration. The tests work on the output of {@link dev.doorbuster.systemtests.k8s.Kustomization};
 * {@code k8s/validate.sh} shows that kustomize renders the same.
 */
package dev.doorbuster.systemtests.k8s;
