#!/usr/bin/env bash
# Prints the alert rules of infra/prometheus/rules as PrometheusRule objects: k8s/rules.sh | kubectl apply -f -
set -euo pipefail
cd "$(dirname "$0")/../infra/prometheus/rules"
for file in *.yml; do
  cat << OBJECT
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: ${file%.yml}
  namespace: doorbuster
spec:
OBJECT
  sed 's/^/  /' "$file"
done
