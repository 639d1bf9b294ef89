// Schemas writes, from the OpenAPI document of Kubernetes and from CustomResourceDefinitions, JSON schemas that know no other
// fields, as kubeconform reads them: schemas OUT OPENAPI CRD...
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

type object = map[string]any

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("schemas OUT OPENAPI CRD..."))
	}
	out := os.Args[1]
	written := openAPI(out, os.Args[2])
	for _, file := range os.Args[3:] {
		written += definition(out, file)
	}
	fmt.Printf("%d schemas in %s\n", written, out)
}

// openAPI bundles the definitions with each kind that has one; their references lead into the bundle.
func openAPI(out, file string) int {
	document := read(file)
	definitions := document["definitions"].(object)
	for _, each := range definitions {
		closed(each, false)
	}
	// Texts or numbers, which the document calls texts.
	definitions["io.k8s.apimachinery.pkg.util.intstr.IntOrString"] = object{"type": []string{"string", "integer"}}
	definitions["io.k8s.apimachinery.pkg.api.resource.Quantity"] = object{"type": []string{"string", "number"}}
	bundle := filepath.Join(out, "definitions.json")
	write(bundle, object{"definitions": definitions})
	written := 0
	for name, each := range definitions {
		kinds, ok := each.(object)["x-kubernetes-group-version-kind"].([]any)
		if !ok || len(kinds) != 1 {
			continue // a list, an option: nothing that is a manifest
		}
		kind := kinds[0].(object)
		schema := object{"$ref": "file://" + bundle + "#/definitions/" + name}
		write(path(out, text(kind["group"]), text(kind["version"]), text(kind["kind"])), schema)
		written++
	}
	return written
}

func definition(out, file string) int {
	spec := read(file)["spec"].(object)
	kind := text(spec["names"].(object)["kind"])
	written := 0
	for _, each := range spec["versions"].([]any) {
		version := each.(object)
		schema := version["schema"].(object)["openAPIV3Schema"].(object)
		closed(schema, false)
		schema["properties"].(object)["metadata"] = object{"type": "object"}
		write(path(out, text(spec["group"]), text(version["name"]), kind), schema)
		written++
	}
	return written
}

// closed lets no object have properties that its schema does not name. The map below "properties" is none of these.
func closed(node any, names bool) {
	switch value := node.(type) {
	case []any:
		for _, each := range value {
			closed(each, false)
		}
	case object:
		_, named := value["properties"]
		_, more := value["additionalProperties"]
		if open, _ := value["x-kubernetes-preserve-unknown-fields"].(bool); !names && named && !more && !open {
			value["additionalProperties"] = false
		}
		if either, _ := value["x-kubernetes-int-or-string"].(bool); either {
			delete(value, "anyOf")
			value["type"] = []string{"integer", "string"}
		}
		for name, each := range value {
			closed(each, name == "properties" && !names)
		}
	}
}

// path is where kubeconform looks; it takes an apiVersion without a group for the group too.
func path(out, group, version, kind string) string {
	if group == "" {
		group = version
	}
	return filepath.Join(out, strings.ToLower(strings.Join([]string{group, version, kind}, "_"))+".json")
}

func text(value any) string {
	plain, _ := value.(string)
	return plain
}

func read(file string) object {
	content, err := os.ReadFile(file)
	fail(err)
	var document object
	fail(yaml.Unmarshal(content, &document))
	return document
}

func write(file string, document object) {
	content, err := json.Marshal(document)
	fail(err)
	fail(os.WriteFile(file, content, 0o644))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemas:", err)
		os.Exit(1)
	}
}
