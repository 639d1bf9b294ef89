#!/usr/bin/env bash
# Checks these manifests with kustomize and against the schemas of Kubernetes and of the operators: beyond ./doorbuster test, which
# needs neither Go nor minutes of building.
#
#   k8s/validate.sh               build kustomize and kubeconform, render, check every object
#   k8s/validate.sh --api-server  also build kube-apiserver, etcd and kubectl (20 minutes on one core, once), and have them take
#                                 every object as "kubectl apply --dry-run=server" does, Pod Security included
#   --crds FOLDER                 also take the CustomResourceDefinitions in FOLDER, instead of the schemas in k8s/schemas/operators:
#                                 of operators whose Go modules may not be at your proxy
#
# Needs Go 1.26 or newer with a module proxy, and openssl. Everything is kept under .doorbuster/k8s.
set -euo pipefail
cd "$(dirname "$0")/.."

KUBERNETES=1.37.2
ETCD=3.7.3
KUSTOMIZE=5.8.1 # the last that Go 1.26 builds
KUBECONFORM=0.8.0
CRDS=(
  github.com/kedacore/keda/v2@v2.21.0/config/crd/bases/keda.sh_scaledobjects.yaml
  github.com/kedacore/keda/v2@v2.21.0/config/crd/bases/keda.sh_triggerauthentications.yaml
  github.com/prometheus-operator/prometheus-operator@v0.85.0/example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml
  github.com/prometheus-operator/prometheus-operator@v0.85.0/example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml
  github.com/prometheus-operator/prometheus-operator@v0.85.0/example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml
  sigs.k8s.io/gateway-api@v1.6.3/config/crd/standard/gateway.networking.k8s.io_gateways.yaml
  sigs.k8s.io/gateway-api@v1.6.3/config/crd/standard/gateway.networking.k8s.io_httproutes.yaml
)
OVERLAYS=(local production traced)
RENDERED=("${OVERLAYS[@]}" rules)
WAIT_SECONDS=120

WORK=$PWD/.doorbuster/k8s
BIN=$WORK/bin
export GOTOOLCHAIN=local GOFLAGS=-mod=mod CGO_ENABLED=0 GOBIN=$BIN
GO="nice -n 19 go"
PIDS=()

main() {
  local server=false folder=
  while [ $# -gt 0 ]; do
    case $1 in
      --api-server) server=true ;;
      --crds) folder=${2:?--crds needs a folder}; shift ;;
      *) echo "unknown: $1; the first lines of $0 say what there is" >&2; exit 2 ;;
    esac
    shift
  done
  mkdir -p "$BIN"
  tools
  find_crds "$folder"
  render
  schemas
  $server && ask_api_server
  echo "validated: ${RENDERED[*]}"
}

tools() {
  [ -x "$BIN/kustomize" ] || $GO install "sigs.k8s.io/kustomize/kustomize/v5@v$KUSTOMIZE"
  [ -x "$BIN/kubeconform" ] || $GO install "github.com/yannh/kubeconform/cmd/kubeconform@v$KUBECONFORM"
}

module() { # PATH@VERSION: unpacked in the module cache
  $GO mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'
}

find_crds() {
  FILES=()
  local each at
  for each in "${CRDS[@]}"; do
    at=${each#*@}
    FILES+=("$(module "${each%%@*}@${at%%/*}")/${at#*/}")
  done
  if [ -n "$1" ]; then
    FILES+=("$1"/*.yaml)
  fi
}

render() {
  local overlay
  for overlay in "${OVERLAYS[@]}"; do
    "$BIN/kustomize" build "k8s/overlays/$overlay" > "$WORK/$overlay.yaml"
  done
  k8s/rules.sh > "$WORK/rules.yaml"
  # The tests have a small reader of their own: that it renders the same.
  ./mvnw -B -ntp -q -pl system-tests -am test -Dtest=KustomizeComparison -Dsurefire.failIfNoSpecifiedTests=false \
    "-Ddoorbuster.kustomize.rendered=$WORK"
  echo "kustomize renders what the tests look at"
}

schemas() {
  rm -rf "$WORK/schemas" && mkdir "$WORK/schemas"
  local openapi each file='{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json'
  openapi=$(module "k8s.io/kubernetes@v$KUBERNETES")/api/openapi-spec/swagger.json
  (cd k8s/schemas && $GO run . "$WORK/schemas" "$openapi" "${FILES[@]}")
  for each in "${RENDERED[@]}"; do
    echo "kubeconform, $each:"
    "$BIN/kubeconform" -strict -summary -verbose -schema-location "$WORK/schemas/$file" \
      -schema-location "k8s/schemas/operators/$file" "$WORK/$each.yaml" \
      | grep -v ' is valid$'
  done
}

# A module whose own go.mod replaces modules cannot be installed by its name: this makes one around it that replaces them by the
# versions that were published with it.
build() { # NAME MODULE VERSION PACKAGE REPLACEMENT-VERSION
  [ -x "$BIN/$1" ] && return
  echo "building $1"
  local dir=$WORK/build-$1 source major=${3%%.*} rest=${3#*.}
  rm -rf "$dir" && mkdir "$dir"
  source=$(module "$2@v$3")
  {
    printf 'module doorbuster.invalid/build\n\ngo 1.26.0\n\nrequire %s v%s\n' "$2" "$3"
    sed -n '/^require (/,/^)/p' "$source/go.mod" | grep -v ' v0.0.0$'
    sed -n '/^replace (/,/^)/p' "$source/go.mod" | sed -n "s/^\t\(.*\) => .*/replace \1 => \1 v$5/p"
  } > "$dir/go.mod"
  cp "$source/go.sum" "$dir/"
  local version=k8s.io/component-base/version
  (cd "$dir" && $GO build -p 1 -o "$BIN/$1" -ldflags \
    "-X $version.gitVersion=v$3 -X $version.gitMajor=$major -X $version.gitMinor=${rest%%.*}" "$4")
}

free_port() {
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 30000))
    (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null || { echo $port; return; }
  done
  echo "no free port" >&2
  return 1
}

start_api_server() {
  local run=$WORK/run etcd peers api token
  rm -rf "$run" && mkdir -m 700 "$run"
  etcd=http://127.0.0.1:$(free_port) peers=http://127.0.0.1:$(free_port) api=$(free_port) token=$(openssl rand -hex 16)
  openssl genrsa -out "$run/accounts.key" 2048 2> /dev/null
  echo "$token,validate,1,system:masters" > "$run/tokens.csv"
  "$BIN/etcd" --data-dir "$run/etcd" --listen-client-urls "$etcd" --advertise-client-urls "$etcd" --unsafe-no-fsync \
    --listen-peer-urls "$peers" --initial-advertise-peer-urls "$peers" --initial-cluster "default=$peers" \
    > "$run/etcd.log" 2>&1 &
  PIDS+=($!)
  "$BIN/kube-apiserver" --etcd-servers "$etcd" --bind-address 127.0.0.1 --secure-port "$api" --cert-dir "$run" \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$run/accounts.key" \
    --service-account-signing-key-file "$run/accounts.key" --token-auth-file "$run/tokens.csv" --authorization-mode RBAC \
    --service-cluster-ip-range 10.0.0.0/24 > "$run/kube-apiserver.log" 2>&1 &
  PIDS+=($!)
  KUBECTL=("$BIN/kubectl" "--server=https://127.0.0.1:$api" "--certificate-authority=$run/apiserver.crt"
    --tls-server-name=kubernetes.default.svc "--token=$token"
    --cache-dir "$run/cache")
  for _ in $(seq $WAIT_SECONDS); do
    "${KUBECTL[@]}" get --raw /readyz > /dev/null 2>&1 && return
    sleep 1
  done
  echo "kube-apiserver is not ready after $WAIT_SECONDS s; see $run/*.log" >&2
  return 1
}

ask_api_server() {
  build etcd go.etcd.io/etcd/server/v3 "$ETCD" go.etcd.io/etcd/server/v3 "$ETCD"
  build kube-apiserver k8s.io/kubernetes "$KUBERNETES" k8s.io/kubernetes/cmd/kube-apiserver "0.${KUBERNETES#*.}"
  build kubectl k8s.io/kubernetes "$KUBERNETES" k8s.io/kubernetes/cmd/kubectl "0.${KUBERNETES#*.}"
  # Nothing of theirs is kept, and an API server whose etcd is gone would wait for it for ever.
  trap 'kill -KILL "${PIDS[@]}" 2> /dev/null; wait' EXIT
  start_api_server
  local each said
  for each in "${FILES[@]}"; do
    "${KUBECTL[@]}" apply --server-side -f "$each" > /dev/null
  done
  "${KUBECTL[@]}" wait --for=condition=Established --timeout=${WAIT_SECONDS}s crd --all > /dev/null
  "${KUBECTL[@]}" apply -f k8s/base/namespace.yaml > /dev/null
  for each in "${RENDERED[@]}"; do
    said=$("${KUBECTL[@]}" apply --dry-run=server --validate=strict -f "$WORK/$each.yaml" 2>&1) || true
    echo "the API server, $each: $(grep -c '(server dry run)$' <<< "$said") taken"
    # Without its definition a kind is not known; everything else that is said, a warning too, is a fault.
    grep -o 'no matches for kind.*' <<< "$said" | sort | uniq -c || true
    if grep -v -e '(server dry run)$' -e 'no matches for kind' -e '^ensure CRDs are installed first$' <<< "$said"; then
      exit 1
    fi
  done
}

main "$@"
